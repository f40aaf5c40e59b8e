import { ChevronDown } from 'lucide-react'
import { useState } from 'react'
import {
  type Channel,
  channels,
  clinicalWords,
  getReach,
  plainSms,
  type Reach,
  sendMessage,
  smsMost,
  smsSize,
} from '#contract/reminders'
import { Button } from '#platform/ui/button.tsx'
import { useEndpoint } from '#platform/ui/data.ts'
import { Field } from '#platform/ui/field.tsx'
import { Form } from '#platform/ui/form.tsx'
import { Input, Textarea } from '#platform/ui/input.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useFormats, useMessages } from '#platform/ui/messages.tsx'
import { Select } from '#platform/ui/select.tsx'
import { Skeleton } from '#platform/ui/skeleton.tsx'
import { ErrorState } from '#platform/ui/states.tsx'
import { notify } from '#platform/ui/toast.tsx'
import { useTemplates } from './templates.ts'

type WriteFormProps = {
  patientId: string
  appointmentId: string | undefined
  start: Channel
  onClose: () => void
}

export function WriteForm(props: WriteFormProps) {
  const { data, error, refetch } = useEndpoint(getReach, { params: { id: props.patientId } })
  if (data) return <Fields reach={data} {...props} />
  return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton width="100%" height={300} />
}

function Fields({ reach, patientId, appointmentId, start, onClose }: WriteFormProps & { reach: Reach }) {
  const t = useMessages()
  const [channel, setChannel] = useState<Channel>(
    start === 'sms' && (!reach.sms || !reach.smsAvailable) && reach.email ? 'email' : start,
  )
  // One name for one message: pressed twice, or again after the answer was lost, it leaves once.
  const [requestId] = useState(() => crypto.randomUUID())
  const [subject, setSubject] = useState('')
  const [body, setBody] = useState('')
  const [asked, setAsked] = useState(false)
  const templates = useTemplates(reach)
  const obstacle = useObstacle(reach, channel)
  const send = useEndpoint(sendMessage, {
    onSuccess: () => {
      notify.done({ title: t('reminders.write.sent', { name: reach.patient.name }) })
      onClose()
    },
  })
  const missing = { subject: channel === 'email' && !subject.trim(), body: !body.trim() }
  return (
    <Form
      submit={t('reminders.write.send')}
      saving={send.isPending}
      error={send.error}
      onCancel={onClose}
      onSubmit={() => {
        setAsked(true)
        if (obstacle || missing.subject || missing.body) return
        send.mutate({
          body: {
            requestId,
            channel,
            patientId,
            ...(appointmentId && { appointmentId }),
            ...(channel === 'email' && { subject: subject.trim() }),
            body: body.trim(),
          },
        })
      }}
    >
      <Field label={t('reminders.channel')}>
        <Select
          options={channels.map((value) => ({ value, label: t(`reminders.channel.${value}`) }))}
          value={channel}
          onChange={setChannel}
        />
      </Field>
      <Recipient reach={reach} channel={channel} obstacle={obstacle} />
      {channel === 'email' && (
        <Field
          name="subject"
          label={t('reminders.write.subject')}
          error={asked && missing.subject ? t('reminders.write.subject.missing') : undefined}
        >
          <Input maxLength={150} value={subject} onChange={setSubject} />
        </Field>
      )}
      <div className="flex flex-col gap-1">
        <Field
          name="body"
          label={t('reminders.write.text')}
          error={asked && missing.body ? t('reminders.write.text.missing') : undefined}
        >
          <Textarea
            rows={channel === 'sms' ? 4 : 8}
            maxLength={channel === 'sms' ? smsMost : 5_000}
            value={body}
            onChange={setBody}
          />
        </Field>
        {channel === 'sms' && <Size text={body} />}
        <Clinical text={`${subject} ${body}`} />
      </div>
      {templates.length > 0 && (
        <div>
          <Menu
            trigger={
              <Button size="small">
                {t('reminders.template')}
                <ChevronDown aria-hidden size={16} className="-mr-1 text-ink-muted" />
              </Button>
            }
            items={templates.map(({ label, text }) => ({
              label,
              onSelect: () => {
                setBody(text)
                if (subject === '') setSubject(label)
              },
            }))}
          />
        </div>
      )}
    </Form>
  )
}

/** Why nothing can leave this way, if so. */
function useObstacle(reach: Reach, channel: Channel): string | undefined {
  const t = useMessages()
  if (channel === 'sms' && !reach.smsAvailable) return t('reminders.write.no-sms')
  if (reach[channel] !== null) return undefined
  return t(channel === 'sms' ? 'reminders.write.no-mobile' : 'reminders.write.no-email')
}

type RecipientProps = { reach: Reach; channel: Channel; obstacle: string | undefined }

function Recipient({ reach, channel, obstacle }: RecipientProps) {
  const t = useMessages()
  if (obstacle !== undefined)
    return (
      <p role="alert" className="text-13 text-danger-ink">
        {obstacle}
      </p>
    )
  const reached = reach[channel]
  const unwished = channel === 'sms' ? reach.noSms : reach.noEmail
  return (
    <div className="text-13 text-ink-muted">
      {reached && (
        <p>
          <span className="font-medium text-ink">{reach.patient.name}</span> · {reached.to}
          {reached.of && ` (${reached.of})`}
        </p>
      )}
      {unwished && <p className="text-warning-ink">{t('reminders.write.unwished')}</p>}
    </div>
  )
}

/** As it would leave: how long, how many. */
function Size({ text }: { text: string }) {
  const t = useMessages()
  const formats = useFormats()
  const { length, parts, alphabet } = smsSize(plainSms(text.trim()))
  return (
    <p className="text-12 text-ink-muted tabular-nums" aria-live="polite">
      {t('reminders.write.size', { length, parts: length === 0 ? 0 : parts })}
      {alphabet === 'ucs2' && ` · ${t('reminders.write.ucs2', { most: formats.integer(70) })}`}
    </p>
  )
}

/** A hint: whoever writes knows better, and is responsible. */
function Clinical({ text }: { text: string }) {
  const t = useMessages()
  const formats = useFormats()
  const words = clinicalWords(text)
  if (words.length === 0) return null
  return (
    <output className="text-13 text-warning-ink">
      {t('reminders.write.clinical', { words: formats.list(words) })}
    </output>
  )
}
