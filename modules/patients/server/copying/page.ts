import type { Row, Section } from './queries.ts'
import { shownDate, type CopyWords } from './words.ts'

/** What was typed is text: nothing in it is ever read as the page's own. */
const safe = (text: string) =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`).replaceAll('\n', '<br>')

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1b19}
h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{border:1px solid #d8d5cf;padding:.3rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f4f2ee}.none{color:#6b6862}`

type About = { today: string; words: CopyWords; notes: 'own' | 'none' }

/** One page without anything from elsewhere: it opens on any machine, and tells nobody that it was opened. */
export function readablePage(sections: readonly Section[], { today, words, notes }: About): string {
  const parts = sections.map(
    ({ name, rows }) => `<h2>${safe(words.section(name))}</h2>\n${tableOf(name, rows, words)}`,
  )
  return `<!doctype html>
<html lang="${words.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${safe(words.title)}</title><style>${style}</style></head>
<body><h1>${safe(words.title)}</h1>
<p>${safe(words.preparedOn)} ${shownDate(today)}. ${safe(words.notes(notes))}</p>
${parts.join('\n')}
</body></html>
`
}

function tableOf(name: Section['name'], rows: readonly Row[], words: CopyWords): string {
  const [first] = rows
  if (!first) return `<p class="none">${safe(words.none)}</p>`
  const columns = Object.keys(first)
  const cell = (row: Row, column: string) => safe(words.value(column, row[column] ?? null))
  // Who somebody is reads downwards, what happened reads across.
  if (name === 'identity')
    return `<table>${columns
      .map(
        (column) =>
          `<tr><th scope="row">${safe(words.column(column))}</th><td>${cell(first, column)}</td></tr>`,
      )
      .join('\n')}</table>`
  const head = columns.map((column) => `<th scope="col">${safe(words.column(column))}</th>`).join('')
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td>${cell(row, column)}</td>`).join('')}</tr>`,
  )
  return `<table><thead><tr>${head}</tr></thead><tbody>\n${body.join('\n')}\n</tbody></table>`
}
