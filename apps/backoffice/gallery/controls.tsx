import { Download, Save } from 'lucide-react'
import { useState } from 'react'
import { ApiError } from '#platform/ui/api-error.ts'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { Checkbox, Switch } from '#platform/ui/checkbox.tsx'
import { Combobox } from '#platform/ui/combobox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { Select } from '#platform/ui/select.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { Tabs } from '#platform/ui/tabs.tsx'
import { cities, options, samples } from './samples.ts'

const { words } = samples
const refused = new ApiError(422, {
  code: 'input_invalid',
  message: 'Un champ est à corriger.',
  fields: [{ in: 'body', path: 'email', code: 'email_taken', message: words.error }],
})

export function Controls() {
  const [email, setEmail] = useState('roxane.arnaud@example.com')
  const [plan, setPlan] = useState<string | null>('solo')
  const [city, setCity] = useState<string | null>(null)
  const [note, setNote] = useState('')
  const [agree, setAgree] = useState(true)
  const [live, setLive] = useState(false)
  const [tab, setTab] = useState('identity')
  return (
    <div className="grid items-start gap-3 lg:grid-cols-2">
      <Card title={words.rename}>
        <Form submit={words.save} onSubmit={() => undefined} onCancel={() => undefined} error={refused}>
          <Field name="email" label={words.label} help={words.help}>
            <Input type="email" value={email} onChange={setEmail} />
          </Field>
          <Field label={words.plan}>
            <Select options={options} value={plan} onChange={setPlan} />
          </Field>
          <Field label={words.city} optional>
            <Combobox options={cities} value={city} onChange={setCity} placeholder="Nancy" />
          </Field>
          <Field label={words.note} optional>
            <Textarea value={note} onChange={setNote} rows={3} />
          </Field>
          <Field label={words.agree} inline>
            <Checkbox checked={agree} onChange={setAgree} />
          </Field>
          <Field label={words.live} inline>
            <Switch checked={live} onChange={setLive} />
          </Field>
        </Form>
      </Card>
      <div className="flex flex-col gap-3">
        <Card>
          <div className="flex flex-wrap items-center gap-2">
            <Button variant="primary" icon={Save}>
              {words.save}
            </Button>
            <Button icon={Download}>{words.export}</Button>
            <Button variant="ghost">{words.more}</Button>
            <Button variant="danger">{words.remove}</Button>
            <Button variant="primary" loading>
              {words.save}
            </Button>
            <Button disabled>{words.export}</Button>
            <IconButton icon={Download} label={words.export} shortcut="mod+e" />
          </div>
        </Card>
        <Card>
          <Tabs
            label={samples.title}
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'identity', label: words.identity, panel: <p>{words.name}</p> },
              { value: 'invoices', label: words.invoices, count: '12', panel: <p>{words.invoices}</p> },
              { value: 'history', label: words.history, panel: <p>{words.history}</p> },
            ]}
          />
        </Card>
        <Card>
          <ErrorState
            error={new ApiError(503, { requestId: '0199c3a0-7d1e-7b4e' })}
            onRetry={() => undefined}
          />
        </Card>
      </div>
    </div>
  )
}
