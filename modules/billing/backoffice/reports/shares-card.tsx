import { Card } from '#platform/ui/card.tsx'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'

type SharesCardProps = {
  title: string
  heading: string
  headings: readonly [string, string]
  rows: readonly { id: string; name: string; cells: readonly [string, string] }[]
}

/** How a year is made up: by rate, by plan. */
export function SharesCard({ title, heading, headings, rows }: SharesCardProps) {
  return (
    <Card title={title}>
      <table aria-label={title} className="w-full border-separate border-spacing-0 text-13">
        <thead>
          <tr>
            <th scope="col" className={textHead}>
              {heading}
            </th>
            {headings.map((said) => (
              <th key={said} scope="col" className={numberHead}>
                {said}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, cells: [one, other] }) => (
            <tr key={id}>
              <th scope="row" className={rowHead}>
                {name}
              </th>
              <td className={numberCell}>{one}</td>
              <td className={numberCell}>{other}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
