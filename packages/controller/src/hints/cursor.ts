/** Where a watcher is, as it carries it: the life of the controller that gave it, and a place of that life. */
export const writeCursor = (life: string, place: number): string =>
  Buffer.from(`${life}.${place}`).toString('base64url')

/** The place; undefined for a cursor of another life, or one that nobody gave. */
export function readCursor(life: string, cursor: string): number | undefined {
  const [, given, place] = /^([0-9a-f]+)\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return given === life ? Number(place) : undefined
}
