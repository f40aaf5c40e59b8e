/** Names people gave their files, so that they can stand in one folder on any system: no path, no name twice. */
export function fileNames(files: readonly { id: string; name: string }[]): { id: string; name: string }[] {
  const taken = new Set<string>()
  return files.map(({ id, name }) => {
    const safe = harmless(name)
    let chosen = safe
    // Windows and macOS take Bilan.pdf and bilan.pdf for the same.
    for (let number = 2; taken.has(chosen.toLowerCase()); number++) chosen = numbered(safe, number)
    taken.add(chosen.toLowerCase())
    return { id, name: chosen }
  })
}

function harmless(name: string): string {
  const safe = name
    .normalize('NFC')
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u001F\u007F<>:"/\\|?*]/g, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '')
    .slice(0, 200)
  const isReserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(safe)
  return safe === '' || isReserved ? `_${safe}` : safe
}

function numbered(name: string, number: number): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)} (${number})${name.slice(dot)}` : `${name} (${number})`
}
