import { Braces } from 'lucide-react'
import { macroVariables } from '#contract/support'
import { Button } from '#platform/ui/button.tsx'
import { Menu } from '#platform/ui/menu.tsx'
import { useMessages } from '#platform/ui/messages.tsx'

/** With what stands there when nothing is known: a greeting is the likeliest. */
const withFallback = (variable: string, fallback: string) =>
  variable === 'client.first_name' ? `{{${variable}|${fallback}}}` : `{{${variable}}}`

export function InsertVariable({ onInsert }: { onInsert: (text: string) => void }) {
  const t = useMessages()
  return (
    <Menu
      align="end"
      trigger={
        <Button size="small" variant="ghost" icon={Braces}>
          {t('support.macro.insert')}
        </Button>
      }
      items={[
        ...macroVariables.map((variable) => ({
          label: t(`support.macro.variable.${variable}`),
          onSelect: () => onInsert(withFallback(variable, t('support.macro.fallback'))),
        })),
        {
          group: t('support.macro.insert.asked'),
          label: t('support.macro.insert.question'),
          onSelect: () => onInsert(`{{?${t('support.macro.insert.question.example')}}}`),
        },
      ]}
    />
  )
}
