import { Play } from 'lucide-react'
import { useState } from 'react'
import {
  type ImportField,
  type ImportMapping,
  importFields,
  type ImportPreview,
  previewClientImport,
  requiredFields,
  startClientImport,
} from '#contract/clients'
import { Button } from '#platform/ui/button.tsx'
import { Card } from '#platform/ui/card.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { ButtonLink, useGo } from '#platform/ui/link.tsx'
import { type MessageKey, useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { Select } from '#platform/ui/select.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { importAddress } from './import-address.ts'
import { ImportSample } from './import-sample.tsx'

const separators: Record<ImportPreview['separator'], MessageKey> = {
  ';': 'clients.import.separator.semicolon',
  ',': 'clients.import.separator.comma',
  '\t': 'clients.import.separator.tab',
  '|': 'clients.import.separator.bar',
}

const encodingNames: Record<ImportPreview['encoding'], string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16LE',
  'utf-16be': 'UTF-16BE',
  'windows-1252': 'Windows-1252',
}

/** Which column is what, with the first rows as they would be read by that choice. */
export function ImportColumns({ id }: { id: string }) {
  const t = useMessages()
  const go = useGo()
  const [choice, setChoice] = useState<ImportMapping>()
  const preview = useEndpoint(
    previewClientImport,
    { params: { id }, query: choice ? given(choice) : {} },
    { keepPrevious: true },
  )
  const start = useEndpoint(startClientImport, {
    onSuccess: ({ jobId }) => go(importAddress({ job: jobId })),
  })

  const file = preview.data
  const mapping = choice ?? file?.mapping ?? {}
  const missing = requiredFields.filter((field) => !mapping[field])
  const whole = Object.fromEntries(importFields.map((field) => [field, mapping[field] ?? null]))

  return (
    <>
      <PageHeader
        title={t('clients.import.title')}
        secondary={<ButtonLink to={importAddress({})}>{t('clients.import.other-file')}</ButtonLink>}
        primary={
          <Button
            variant="primary"
            icon={Play}
            loading={start.isPending}
            disabled={!file || missing.length > 0 || file.rows === 0}
            onClick={() => start.mutate({ params: { id }, body: { mapping: whole, dryRun: true } })}
          >
            {t('clients.import.try')}
          </Button>
        }
      >
        {file && (
          <p className="text-13 text-ink-muted">
            <span className="font-medium text-ink">{file.name}</span>{' '}
            {t('clients.import.facts', {
              rows: file.rows,
              encoding: encodingNames[file.encoding],
              separator: t(separators[file.separator]),
            })}
          </p>
        )}
      </PageHeader>
      {preview.error && !file ? (
        <ErrorState error={preview.error} onRetry={preview.refetch} />
      ) : (
        <div className="flex flex-col gap-4">
          {start.error && <FormErrors error={start.error} />}
          <Card title={t('clients.import.columns')}>
            <p className="mb-3 text-13 text-ink-muted">
              {t('clients.import.columns.help')} {t('clients.import.try.help')}
            </p>
            <ColumnChoices
              headings={file?.headings ?? []}
              mapping={mapping}
              onChoose={(field, heading) => setChoice(chosen(mapping, field, heading))}
            />
          </Card>
          <ImportSample rows={file?.sample} stale={preview.isPlaceholderData} />
        </div>
      )}
    </>
  )
}

type ColumnChoicesProps = {
  headings: readonly string[]
  mapping: ImportMapping
  onChoose: (field: ImportField, heading: string | null) => void
}

function ColumnChoices({ headings, mapping, onChoose }: ColumnChoicesProps) {
  const t = useMessages()
  const options = [
    { value: '', label: t('clients.import.columns.none') },
    ...headings.filter((heading) => heading !== '').map((heading) => ({ value: heading, label: heading })),
  ]
  const isRequired = (field: ImportField) => requiredFields.some((required) => required === field)
  return (
    <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
      {importFields.map((field) => (
        <Field
          key={field}
          label={t(`clients.import.fields.${field}`)}
          optional={!isRequired(field)}
          error={
            headings.length > 0 && isRequired(field) && !mapping[field]
              ? t('clients.import.columns.missing')
              : undefined
          }
        >
          <Select
            options={options}
            value={mapping[field] ?? ''}
            onChange={(heading) => onChoose(field, heading || null)}
          />
        </Field>
      ))}
    </div>
  )
}

/** A column serves one field: the one it is given to takes it from the other. */
function chosen(mapping: ImportMapping, field: ImportField, heading: string | null): ImportMapping {
  const others = importFields.map((other) => [other, mapping[other] === heading ? null : mapping[other]])
  return { ...Object.fromEntries(others), [field]: heading }
}

function given(mapping: ImportMapping): Partial<Record<ImportField, string>> {
  return Object.fromEntries(Object.entries(mapping).filter(([, heading]) => heading))
}
