import type { Language } from './sentences.ts'

export type Page = {
  language: Language
  subject: string
  before: readonly string[]
  /** HTML already: what somebody wrote. */
  said?: string
  action: { label: string; url: string } | null
  after: readonly string[]
  frame: { product: string; link: string; footer: string }
}

/**
 * One column, the reader's own font size, nothing fetched from anywhere. Colours stand in attributes, which every mail
 * program keeps; the night's in a style block, which those that drop it do not need.
 */
export function htmlOf({ language, subject, before, said = '', action, after, frame }: Page): string {
  const paragraph = (text: string) =>
    `<p style="margin:0 0 16px">${escaped(text).replaceAll('\n', '<br>')}</p>`
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
<style>
@media (prefers-color-scheme: dark) {
  body, .page { background: #171614 !important; color: #eceae6 !important }
  .quiet { color: #aba69e !important }
  .line { border-color: #3b3833 !important }
  .button { background: #5cc4b6 !important; color: #0b1f1c !important }
  .link { color: #7fd3c7 !important }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#ffffff;color:#22201d">
<div class="page" style="max-width:560px;margin:0 auto;padding:32px 20px;background:#ffffff;color:#22201d;font-family:system-ui,-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">
<p style="margin:0 0 24px;font-weight:600">${escaped(frame.product)}</p>
${before.map(paragraph).join('\n')}${said && `\n${said}`}
${action ? button(action, frame.link) : ''}
${after.map(paragraph).join('\n')}
<p class="quiet line" style="margin:32px 0 0;padding:16px 0 0;border-top:1px solid #e2dfd9;color:#645f57;font-size:14px">${escaped(frame.footer)}</p>
</div>
</body>
</html>
`
}

/** The address stands below in full: not every program shows a button, and people like to see where they go. */
function button({ label, url }: { label: string; url: string }, below: string): string {
  const address = escaped(url)
  return `<p style="margin:24px 0"><a class="button" href="${address}" target="_blank" rel="noopener" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0f6b61;color:#ffffff;font-weight:600;text-decoration:none">${escaped(label)}</a></p>
<p class="quiet" style="margin:0 0 24px;color:#645f57;font-size:14px">${escaped(below)}<br><a class="link" href="${address}" target="_blank" rel="noopener" style="color:#0f6b61;word-break:break-all">${address}</a></p>`
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
