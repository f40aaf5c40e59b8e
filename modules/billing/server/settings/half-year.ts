/**
 * The day whose rates hold for a half-year: those of the 1st of January until June, those of the 1st of July after
 * (C. com. L441-10 II).
 */
export function halfYearOf(day: string): string {
  return `${day.slice(0, 4)}-${day.slice(5, 7) < '07' ? '01' : '07'}-01`
}
