/** Leaves this page by a form that is submitted at once: what it holds stands in no address. */
export function post(to: string, values: Readonly<Record<string, string>>): void {
  // The other host goes by the origin a form comes from, which a page that names no referrer keeps to itself.
  const referrer = document.createElement('meta')
  referrer.name = 'referrer'
  referrer.content = 'strict-origin'
  document.head.append(referrer)

  const form = document.createElement('form')
  form.method = 'post'
  form.action = to
  form.hidden = true
  for (const [name, value] of Object.entries(values)) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  form.submit()
}
