import { CopyPlus, Ellipsis, Eye, Stamp, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { createDraft, type Draft, discardDraft, type DraftFields, duplicateInvoice } from '#contract/billing'
import type { CallInput } from '#platform/contract/endpoint.ts'
import { Badge } from '#platform/ui/badge.tsx'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { DangerDialog } from '#platform/ui/dialog.tsx'
import { sentenceOf } from '#platform/ui/errors.ts'
import { IconButton } from '#platform/ui/icon-button.tsx'
import { TextLink, useGo } from '#platform/ui/link.tsx'
import { Menu, type MenuItem } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'
import { PageHeader } from '#platform/ui/page-header.tsx'
import { useMay } from '#platform/ui/session.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { invoicesTo, invoiceTo } from '../addresses.ts'
import type { Ending } from './draft-editor.tsx'
import type { DraftEditing } from './use-draft-editing.ts'
import { SavingStatus } from './saving-status.tsx'

type DraftHeaderProps = {
  draft: Draft
  editing: DraftEditing
  onEnding: (ending: Ending) => void
  onPreview: () => void
  onFinalise: () => void
}

export function DraftHeader({ draft, editing, onEnding, onPreview, onFinalise }: DraftHeaderProps) {
  const t = useMessages()
  const may = useMay()
  const go = useGo()
  const params = { id: draft.id }
  const [discarding, setDiscarding] = useState(false)
  const copy = useEndpoint(duplicateInvoice, {
    onSuccess: ({ id }) => go(invoiceTo(id)),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const begin = useEndpoint(createDraft, {
    onSuccess: ({ id }) => go(invoiceTo(id)),
    onError: (error) => notify.failed({ title: sentenceOf(error, t) }),
  })
  const again = sameAgain(draft, editing.fields)
  const discard = useEndpoint(discardDraft, {
    onSuccess: () => {
      notify.done({
        title: t('billing.editor.discarded'),
        ...(again && { undo: () => begin.mutate({ body: again }) }),
      })
      go(invoicesTo, { replace: true })
    },
    onError: (error) => {
      onEnding(null)
      notify.failed({ title: sentenceOf(error, t) })
    },
  })
  const throwAway = () => {
    onEnding('discarded')
    discard.mutate({ params })
  }
  const duplicate: MenuItem = {
    label: t('billing.editor.duplicate'),
    icon: CopyPlus,
    onSelect: () => copy.mutate({ params }),
  }
  return (
    <>
      <PageHeader
        title={t('billing.editor.title', { kind: t(`billing.type.${draft.typeCode}`) })}
        count={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Badge tone="neutral">{t('billing.badge.invoice.draft')}</Badge>
            {draft.held && <Badge tone="warning">{t('billing.editor.held-for-review')}</Badge>}
            <SavingStatus
              kept={editing.kept}
              wrong={editing.faults.length}
              again={() => void editing.flush()}
            />
          </span>
        }
        secondary={
          <>
            <Button icon={Eye} onClick={onPreview}>
              {t('billing.editor.preview')}
            </Button>
            <Menu
              align="end"
              trigger={<IconButton icon={Ellipsis} label={t('billing.editor.more')} variant="secondary" />}
              items={[
                ...(draft.typeCode === 381 ? [] : [duplicate]),
                {
                  group: ' ',
                  label: t('billing.editor.discard'),
                  icon: Trash2,
                  danger: true,
                  onSelect: again ? throwAway : () => setDiscarding(true),
                },
              ]}
            />
          </>
        }
        primary={
          may('invoices.issue') && (
            <Button variant="primary" icon={Stamp} onClick={onFinalise}>
              {t('billing.editor.finalise')}
            </Button>
          )
        }
      >
        {draft.original && (
          <p className="text-13 text-ink-muted">
            {t('billing.editor.cites')}{' '}
            <TextLink to={invoiceTo(draft.original.id)}>{draft.original.number}</TextLink>
          </p>
        )}
      </PageHeader>
      <DangerDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title={t('billing.editor.discard.title')}
        description={t('billing.editor.discard.help')}
        action={t('billing.editor.discard')}
        loading={discard.isPending}
        onConfirm={throwAway}
      />
    </>
  )
}

/** What begins the same draft anew; undefined where it is more than what is typed: what it stems from would be lost. */
function sameAgain(draft: Draft, fields: DraftFields): CallInput<typeof createDraft>['body'] | undefined {
  const { typeCode, origin, original, held, internalNote, client } = draft
  if (typeCode !== 380 && typeCode !== 386) return undefined
  const isBegunByHand = origin === 'hand' && original === null && !held && internalNote === ''
  return isBegunByHand && fields.lines.every(({ depositId }) => depositId === undefined)
    ? { clientId: client.id, typeCode, ...fields }
    : undefined
}
