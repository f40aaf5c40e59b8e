import { Download } from 'lucide-react'
import { useState } from 'react'
import { exportPractice } from '#contract/cabinet'
import { Button } from '#platform/ui/button.tsx'
import { call } from '#platform/ui/call.ts'
import { Card } from '#platform/ui/card.tsx'
import { Checkbox } from '#platform/ui/checkbox.tsx'
import { Field } from '#platform/ui/field.tsx'
import { FormErrors } from '#platform/ui/form.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { saveFile } from '#platform/ui/save-file.ts'
import { useMay } from '#platform/ui/session.tsx'

/** Everything the practice holds is its own: it can be taken along at any time. */
export function ExportCard({ practice }: { practice: string }) {
  const t = useMessages()
  const may = useMay()
  const [withNotes, setWithNotes] = useState(false)
  const [{ preparing, error }, setState] = useState<{ preparing: boolean; error?: unknown }>({
    preparing: false,
  })
  if (!may('cabinet.export')) return null

  async function start() {
    setState({ preparing: true })
    try {
      // Not by a plain link: what is refused is said here, in words.
      const reply = (await call(exportPractice, {
        query: { notes: withNotes ? 'mine' : 'none' },
      })) as Response // a stream’s answer
      saveFile(await reply.blob(), `${practice}.zip`)
      setState({ preparing: false })
    } catch (refused) {
      setState({ preparing: false, error: refused })
    }
  }

  return (
    <Card title={t('cabinet.export')}>
      <div className="flex flex-col gap-3">
        {error !== undefined && <FormErrors error={error} />}
        <p className="max-w-prose text-13 text-ink-muted">{t('cabinet.export.help')}</p>
        {may('notes.read') && (
          <Field inline label={t('cabinet.export.notes')} help={t('cabinet.export.notes.help')}>
            <Checkbox checked={withNotes} onChange={setWithNotes} />
          </Field>
        )}
        <div>
          <Button icon={Download} loading={preparing} onClick={() => void start()}>
            {t(preparing ? 'cabinet.export.preparing' : 'cabinet.export.start')}
          </Button>
          <output className="mt-2 block text-12 text-ink-muted empty:hidden">
            {preparing && t('cabinet.export.stay')}
          </output>
        </div>
      </div>
    </Card>
  )
}
