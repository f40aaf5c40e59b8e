/** Where a link leads, if it leads where we let one lead: no script, no file, nothing that a mail carries in itself. */
export function linkOf(href: string | undefined): string | null {
  const said = (href ?? '').replaceAll(/[\s\p{Cc}]/gu, '')
  if (said.length > 2_000 || !/^(?:https?:\/\/|mailto:|tel:\+?\d)/i.test(said)) return null
  const url = URL.parse(said)
  if (!url || url.username !== '' || url.password !== '') return null
  // What would end it in Markdown.
  return url.href.replaceAll(
    /[()[\]"<>*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

/**
 * The words of a link with where it leads. Words that name another place than it leads to do not hide it, and http, which
 * no page of ours links to, is shown as the address it is.
 */
export function linked(words: string, href: string): string {
  const said = words.trim()
  // A picture is shown as the file it is.
  if (said === '' || said.includes('\uE005')) return words
  const bare = href.replace(/^mailto:|^tel:/i, '').replace(/\/$/, '')
  if (said.toLowerCase() === bare.toLowerCase() || said === href)
    return href.startsWith('https:') ? href : said
  const isPlain = href.startsWith('http:') || namesAnother(said, href)
  const text = said.replaceAll(/[*[\]]/g, '').slice(0, 500)
  return isPlain || text === '' ? `${said} (${href})` : `[${text}](${href})`
}

const place = /^(?:https?:\/\/)?((?:[\p{L}\d-]+\.)+\p{L}{2,24})(?:[/?#:]|$)/iu

function namesAnother(said: string, href: string): boolean {
  // The name of a place stands at the beginning, and is no longer.
  const words = said.slice(0, 500)
  if (/^[^\s@]+@[^\s@]+$/.test(words)) return !href.toLowerCase().startsWith(`mailto:${words.toLowerCase()}`)
  const [, named] = place.exec(words) ?? []
  if (named === undefined) return false
  const host = URL.parse(href)?.hostname ?? ''
  const plainName = named.toLowerCase().replace(/^www\./, '')
  return host !== plainName && !host.endsWith(`.${plainName}`)
}
