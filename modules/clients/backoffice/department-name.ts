import { type Department, departmentCodes, departments } from '#contract/clients'

/** « 54 Meurthe-et-Moselle »; a code nobody knows stands alone. */
export function departmentName(code: string): string {
  return code in departments ? `${code} ${departments[code as Department]}` : code // an own key, just asked
}

export const departmentOptions = departmentCodes.map((code) => ({ value: code, label: departmentName(code) }))

/**
 * The department a French postal code lies in: its first two digits, three overseas. Corsica was one department (20)
 * when postal codes were given, so 200 and 201 are the south, 202 and above the north.
 */
export function departmentOfPostalCode(postalCode: string): Department | null {
  const digits = postalCode.trim()
  if (!/^\d{5}$/.test(digits)) return null
  const code = digits.startsWith('20')
    ? digits < '20200'
      ? '2A'
      : '2B'
    : /^9[78]/.test(digits)
      ? digits.slice(0, 3)
      : digits.slice(0, 2)
  return departmentCodes.find((known) => known === code) ?? null
}
