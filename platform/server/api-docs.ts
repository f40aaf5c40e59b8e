import type { AnyEndpoint } from '#platform/contract/endpoint.ts'
import { openApiOf } from './openapi.ts'

const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

type Operation = {
  summary: string
  'x-permission': string
  'x-records'?: string
  parameters?: { name: string; in: string; required: boolean; schema: unknown }[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: unknown }> }>
}

const schema = (value: unknown) => `<pre>${escape(JSON.stringify(value, null, 2))}</pre>`

/** The API document as a page to read: no script, so that it stands under the strict content security policy. */
export function apiDocsPage(endpoints: readonly AnyEndpoint[]): string {
  const { paths } = openApiOf(endpoints) as { paths: Record<string, Record<string, Operation>> }
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const anchor = (path: string, method: string) =>
    escape(`${method}${path}`.replaceAll(/[^a-zA-Z0-9]+/g, '-'))
  const index = operations
    .map(
      ({ path, method }) =>
        `<li><a href="#${anchor(path, method)}"><code>${method} ${escape(path)}</code></a></li>`,
    )
    .join('\n')
  const sections = operations
    .map(({ path, method, operation }) => {
      const parameters = (operation.parameters ?? []).map(
        (one) =>
          `<tr><td><code>${escape(one.name)}</code></td><td>${one.in}${one.required ? ', required' : ''}</td><td><code>${escape(JSON.stringify(one.schema))}</code></td></tr>`,
      )
      const body = Object.entries(operation.requestBody?.content ?? {}).map(
        ([type, { schema: shape }]) =>
          `<details><summary>Body, ${escape(type)}</summary>${schema(shape)}</details>`,
      )
      const answers = Object.entries(operation.responses).map(
        ([status, { description, content }]) =>
          `<details><summary>${status} ${escape(description)}</summary>${Object.values(content ?? {})
            .map(({ schema: shape }) => schema(shape))
            .join('')}</details>`,
      )
      return `<section id="${anchor(path, method)}">
<h2><code>${method} ${escape(path)}</code></h2>
<p>${escape(operation.summary)}. Permission: <code>${escape(operation['x-permission'])}</code>${operation['x-records'] ? `; recorded as <code>${escape(operation['x-records'])}</code>` : ''}.</p>
${parameters.length > 0 ? `<table><thead><tr><th>Parameter</th><th>In</th><th>Schema</th></tr></thead><tbody>${parameters.join('')}</tbody></table>` : ''}
${body.join('')}${answers.join('')}
</section>`
    })
    .join('\n')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>MaGestionPsy API</title><link rel="stylesheet" href="/api/docs.css"></head>
<body><main><h1>MaGestionPsy API</h1><p>One API carries both apps. The machine-readable document: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a> (OpenAPI 3.1).</p>
<nav aria-label="Endpoints"><ul>${index}</ul></nav>
${sections}</main></body></html>`
}

export const apiDocsCss = `
:root { color-scheme: light dark; color: light-dark(#23201d, #ece9e4); background: light-dark(#fcfbf9, #151311); font: 14px/1.5 system-ui, sans-serif }
main { max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 20px } h2 { font-size: 16px; margin-top: 2.5rem; border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding-top: 1rem }
a { color: light-dark(#0b5d5e, #7fd1cf) }
code, pre { font: 12px/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { overflow: auto; padding: .75rem; border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: 8px; white-space: pre-wrap }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .25rem .5rem .25rem 0; vertical-align: top }
li { line-height: 24px }
summary { cursor: pointer; padding: .25rem 0 }
`
