// French department codes (INSEE): Corsica is 2A and 2B since 1976, never 20; overseas territories count as departments here.
const metropolitan = Array.from({ length: 95 }, (_, at) => String(at + 1).padStart(2, '0')).filter(
  (code) => code !== '20',
)
const overseas = ['971', '972', '973', '974', '975', '976', '977', '978', '984', '986', '987', '988', '989']
const known = new Set([...metropolitan, '2A', '2B', ...overseas])

/** The code as we keep it; spreadsheets drop the zero of "01". Nothing when there is no such department. */
export function departmentCode(text: string): string | undefined {
  const code = /^\d$/.test(text) ? `0${text}` : text.toUpperCase()
  return known.has(code) ? code : undefined
}
