/** What stands around a place in a script of sh, as far as it changes how a variable is written there. */
export interface ShellPlace {
  /** Whether a variable is safe from splitting there as it stands: in double quotes, or in the text of a here-document. */
  readonly isQuoted: boolean
  /** Goes on over more of the script. */
  read(text: string): void
}

type Frame = 'bare' | 'group' | 'sum' | 'backquote' | 'double'
type Mode = 'code' | 'single' | 'comment' | 'delimiter' | 'here'

/** Follows a script from its start: quotes, comments, command substitutions and here-documents. */
export function createShellPlace(): ShellPlace {
  return new Reader()
}

class Reader implements ShellPlace {
  readonly #frames: Frame[] = ['bare']
  /** Here-documents that begin after this line. */
  readonly #announced: string[] = []
  #mode: Mode = 'code'
  #isEscaped = false
  #last = '\n'
  #word = ''

  get isQuoted(): boolean {
    if (this.#mode === 'here') return !isLiteral(this.#announced[0])
    return this.#mode === 'code' && this.#frame === 'double'
  }

  get #frame(): Frame {
    return this.#frames.at(-1) ?? 'bare'
  }

  read(text: string): void {
    for (const char of text) {
      this.#take(char)
      this.#last = char
    }
  }

  #take(char: string): void {
    switch (this.#mode) {
      case 'here':
        this.#takeHere(char)
        break
      case 'single':
        if (char === "'") this.#mode = 'code'
        break
      case 'comment':
        if (char === '\n') this.#takeCode(char)
        break
      case 'delimiter':
        if (!this.#takeDelimiter(char)) this.#takeCode(char)
        break
      case 'code':
        this.#takeCode(char)
    }
  }

  #takeCode(char: string): void {
    this.#mode = 'code'
    if (this.#isEscaped) {
      this.#isEscaped = false
      return
    }
    if (char === '\\') this.#isEscaped = true
    else if (char === '"') this.#turn('double')
    else if (char === '`') this.#turn('backquote')
    else if (char === '(' && (this.#frame !== 'double' || this.#last === '$'))
      this.#frames.push(this.#last === '(' ? 'sum' : 'group')
    else if (this.#frame !== 'double') this.#takeBare(char)
  }

  #takeBare(char: string): void {
    if (char === "'") this.#mode = 'single'
    else if (char === ')' && (this.#frame === 'group' || this.#frame === 'sum')) this.#frames.pop()
    else if (char === '#' && /[\s;&|()]/.test(this.#last)) this.#mode = 'comment'
    else if (char === '<' && this.#last === '<' && this.#frame !== 'sum') {
      this.#mode = 'delimiter'
      this.#word = ''
    } else if (char === '\n' && this.#announced.length > 0) {
      this.#mode = 'here'
      this.#word = ''
    }
  }

  #turn(frame: 'double' | 'backquote'): void {
    if (this.#frame === frame) this.#frames.pop()
    else this.#frames.push(frame)
  }

  /** False where the delimiter is over, so that the character is code again. */
  #takeDelimiter(char: string): boolean {
    // Three of them are no here-document.
    if (this.#word === '' && (char === '<' || /\d/.test(char))) return false
    if (this.#word === '' && (char === ' ' || char === '\t')) return true
    if (!/[\s;&|()<>]/.test(char)) {
      this.#word += char
      return true
    }
    if (this.#word.replace('-', '') !== '') this.#announced.push(this.#word)
    return false
  }

  #takeHere(char: string): void {
    if (char !== '\n') {
      this.#word += char
      return
    }
    const [delimiter = ''] = this.#announced
    const isIndented = delimiter.startsWith('-')
    const line = isIndented ? this.#word.replace(/^\t+/, '') : this.#word
    this.#word = ''
    if (line !== (isIndented ? delimiter.slice(1) : delimiter).replaceAll(/["'\\]/g, '')) return
    this.#announced.shift()
    if (this.#announced.length === 0) this.#mode = 'code'
  }
}

/** A quoted delimiter: nothing is put into its text. */
const isLiteral = (delimiter: string | undefined): boolean => delimiter !== undefined && /["'\\]/.test(delimiter)
