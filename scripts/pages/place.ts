/**
 * The page with `text` between the marker `<!-- NAME -->` and the `<!-- end -->` that follows it, in place of what stood
 * there; throws where the page has no such place.
 */
export function fillPlace(page: string, name: string, text: string): string {
  const start = page.indexOf(`<!-- ${name} -->\n`)
  const from = start + `<!-- ${name} -->\n`.length
  const to = start < 0 ? -1 : page.indexOf('<!-- end -->', from)
  if (to < 0) throw new Error(`the page has no place for the ${name}`)
  return page.slice(0, from) + text + page.slice(to)
}
