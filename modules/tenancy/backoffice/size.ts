import { type Formats, MISSING } from '#platform/ui/formats.ts'

const units = [
  ['terabyte', 1e12],
  ['gigabyte', 1e9],
  ['megabyte', 1e6],
  ['kilobyte', 1e3],
] as const

/** « 11 Mo », « 1,4 Go »: decimal units, as disks are sold; one decimal from the gigabyte up. */
export function sizeInWords(bytes: number | null | undefined, { language }: Formats): string {
  if (bytes == null) return MISSING
  const [unit, size] = units.find(([, least]) => bytes >= least) ?? ['kilobyte' as const, 1e3]
  return new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'unit',
    unit,
    maximumFractionDigits: size >= 1e9 ? 1 : 0,
  }).format(bytes / size)
}
