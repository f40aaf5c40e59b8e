import { useState } from 'react'
import { addOrigin, listOrigins, type Origin, usualOrigins } from '#contract/patients'
import { Button } from '#platform/ui/button.tsx'
import { Combobox } from '#platform/ui/combobox.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { Field } from '#platform/ui/field.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { OriginsDialog } from './origins-dialog.tsx'

/** How they came: one of the practice's own words, a usual one, or a new one that is added as it is chosen. */
export function OriginField({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const t = useMessages()
  const [typed, setTyped] = useState('')
  const [managing, setManaging] = useState(false)
  const { data } = useEndpoint(listOrigins)
  const rows = data?.rows ?? []
  const add = useEndpoint(addOrigin, {
    onSuccess: ({ id }) => onChange(id),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const chosen = rows.find(({ id }) => id === value)
  const choices = offered(rows, chosen, typed)
  return (
    <div>
      <Field name="originId" label={t('patients.origin')} optional>
        <Combobox
          options={choices.map(({ value: id, name, known }) => ({
            value: id,
            label: known ? name : t('patients.origin.add', { name }),
          }))}
          value={value || null}
          placeholder={t('patients.origin.placeholder')}
          onQuery={setTyped}
          onChange={(id) => {
            const choice = choices.find((one) => one.value === id)
            if (!choice) onChange('')
            else if (rows.some((one) => one.id === choice.value)) onChange(choice.value)
            else add.mutate({ body: { name: choice.name } })
          }}
        />
      </Field>
      <div className="mt-1">
        <Button variant="ghost" size="small" onClick={() => setManaging(true)}>
          {t('patients.origins.manage')}
        </Button>
      </div>
      <OriginsDialog open={managing} onClose={() => setManaging(false)} />
    </div>
  )
}

type Choice = { value: string; name: string; known: boolean }

/** « Bouche-à-oreille » is « bouche a oreille ». */
const plain = (name: string) =>
  name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s-]+/g, ' ')
    .trim()

/** The practice's own, the usual ones it has not yet, and what is being typed where nothing is called so. */
export function offered(rows: readonly Origin[], chosen: Origin | undefined, typed: string): Choice[] {
  const query = chosen && typed === chosen.name ? '' : plain(typed)
  const own = rows.filter((one) => !one.archived || one.id === chosen?.id)
  const names = new Set(rows.map(({ name }) => plain(name)))
  const known: Choice[] = [
    ...own.map(({ id, name }) => ({ value: id, name, known: true })),
    ...usualOrigins
      .filter((name) => !names.has(plain(name)))
      .map((name) => ({ value: `usual:${name}`, name, known: true })),
  ]
  const matching = known.filter(({ name }) => plain(name).includes(query))
  const isNew = query !== '' && !known.some(({ name }) => plain(name) === query)
  return isNew ? [...matching, { value: 'new', name: typed.trim().slice(0, 80), known: false }] : matching
}
