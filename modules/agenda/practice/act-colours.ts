/** The eight colours an act may have, told apart from each other by day and by night; a word always stands beside. */
const marks = [
  'var(--chart-1)',
  'var(--chart-2)',
  'var(--chart-3)',
  'var(--chart-4)',
  'var(--chart-5)',
  'var(--chart-6)',
  'color-mix(in oklch, var(--chart-3), var(--chart-4))',
  'color-mix(in oklch, var(--chart-2), var(--chart-5))',
] as const

/** What stands as a bar or a dot. */
export function markOf(colour: number): string {
  return marks[colour % marks.length] ?? marks[5]
}

/** The ground words stand on: so much of the colour that it is seen, so little that ink keeps its contrast. */
export function groundOf(colour: number): string {
  return `color-mix(in oklab, ${markOf(colour)} 15%, var(--surface))`
}
