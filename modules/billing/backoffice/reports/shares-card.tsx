import { Card } from '#platform/ui/card.tsx'
import { numberCell, numberHead, rowHead, textHead } from '#platform/ui/figure-table.ts'
import { Link } from '#platform/ui/link.tsx'

type SharesCardProps = {
  title: string
  heading: string
  headings: readonly [string, string]
  rows: readonly { id: string; name: string; cells: readonly [string, string]; to: string }[]
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
          {rows.map(({ id, name, cells, to }) => (
            <tr key={id}>
              <th scope="row" className={rowHead}>
                {name}
              </th>
              {cells.map((said, index) => (
                <td key={headings[index]} className={numberCell}>
                  <Link
                    to={to}
                    className="rounded-small decoration-line-strong underline-offset-4 hover:underline"
                  >
                    {said}
                  </Link>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
