type Key = string | symbol
type Kept = Map<unknown, unknown>

const kept = new WeakMap<object, Map<Key | undefined, Kept>>()

const own = (target: object, member?: Key): Kept => {
  const members = kept.get(target) ?? new Map<Key | undefined, Kept>()
  kept.set(target, members)
  const values = members.get(member) ?? new Map<unknown, unknown>()
  members.set(member, values)
  return values
}

const inherited = (name: unknown, target: object, member?: Key): unknown => {
  for (let at: object | null = target; at; at = Object.getPrototypeOf(at))
    if (own(at, member).has(name)) return own(at, member).get(name)
  return undefined
}

/**
 * The three functions of metadata reflection that a dependency of @peculiar/x509 looks for when it is loaded. They are
 * added only where nobody has them, before that library is imported.
 */
export function provideReflection(): void {
  if ('getMetadata' in Reflect) return
  const define = (name: unknown, value: unknown, target: object, member?: Key): void =>
    void own(target, member).set(name, value)
  Object.assign(Reflect, {
    defineMetadata: define,
    getMetadata: inherited,
    getOwnMetadata: (name: unknown, target: object, member?: Key) => own(target, member).get(name),
  })
}
