/**
 * What names the browser's half of a key, from the fragment of the address; which then holds it no more, so that
 * neither the history nor a copied address leads here twice.
 *
 * @returns null when the address holds none
 */
let taken: { page: string; half: string } | null = null

export function takeHalf(): string | null {
  const { pathname, search, hash } = location
  const half = hash.slice(1)
  if (/^[\w-]{43}$/.test(half)) {
    taken = { page: pathname, half }
    // Past the router, which would take it for another page.
    History.prototype.replaceState.call(history, history.state, '', pathname + search)
  }
  // Asked twice for the same page, which a drawing may be, it says the same.
  return taken?.page === pathname ? taken.half : null
}
