/** Short texts between the controllers of one database: never durable, sometimes lost or doubled, so never relied on. */
export interface Bus extends AsyncDisposable {
  /** Sends to every controller, this one included; at most 7,999 bytes. Nothing happens while there is no connection. */
  publish(text: string): void
  subscribe(listener: (text: string) => void): void
}
