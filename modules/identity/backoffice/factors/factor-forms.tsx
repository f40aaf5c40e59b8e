import { ChevronRight, KeyRound, LifeBuoy, type LucideIcon, Smartphone } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { Factor } from '#contract/identity'
import { useMessages } from '#platform/ui/messages.tsx'
import { type PasskeyOptions, passkeysWork } from '#platform/ui/passkeys.ts'
import type { CodePrompt, FactorAttempt } from './attempt.ts'
import { CodeForm } from './code-form.tsx'
import { PasskeyForm } from './passkey-form.tsx'
import { RecoveryCodeForm } from './recovery-code-form.tsx'

/** The strongest first: what a stolen page cannot ask for, then what can be read out to a thief, then what runs out. */
const byStrength = ['passkey', 'totp', 'recovery_code'] as const satisfies readonly Factor[]
const icons: Record<Factor, LucideIcon> = { passkey: KeyRound, totp: Smartphone, recovery_code: LifeBuoy }

type FactorFormsProps = {
  attempt: FactorAttempt
  /** Those the person holds. */
  methods: readonly Factor[]
  passkey: PasskeyOptions | null
  submit: string
  prompt?: CodePrompt | undefined
  /** Stands below the other methods. */
  children?: ReactNode
}

/** Shows a second factor: the strongest one held, and the way to the others. */
export function FactorForms({ attempt, methods, passkey, submit, prompt, children }: FactorFormsProps) {
  const t = useMessages()
  const heading = useId()
  const [chosen, setChosen] = useState<Factor | null>(null)
  const usable = byStrength.filter(
    (one) => methods.includes(one) && (one !== 'passkey' || (passkey !== null && passkeysWork())),
  )
  const method = chosen && usable.includes(chosen) ? chosen : usable[0]
  const others = usable.filter((one) => one !== method)
  return (
    <div className="flex flex-col gap-6">
      {method === 'passkey' && passkey && (
        <PasskeyForm attempt={attempt} options={passkey} submit={t('identity.passkey.use')} />
      )}
      {method === 'totp' && (
        <CodeForm attempt={attempt} help={t('identity.code.help')} submit={submit} prompt={prompt} />
      )}
      {method === 'recovery_code' && <RecoveryCodeForm attempt={attempt} submit={submit} />}
      {method === undefined && <p className="text-13 text-ink-muted">{t('identity.factor.none-here')}</p>}
      {(others.length > 0 || children) && (
        <section aria-labelledby={heading}>
          <h2 id={heading} className="text-12 font-medium text-ink-muted">
            {t('identity.factor.other')}
          </h2>
          <div className="mt-1.5 overflow-hidden rounded-control border border-line">
            {others.map((one) => (
              <OtherWay
                key={one}
                icon={icons[one]}
                onSelect={() => {
                  attempt.reset()
                  setChosen(one)
                }}
              >
                {t(`identity.factor.${one}`)}
              </OtherWay>
            ))}
            {children}
          </div>
        </section>
      )}
    </div>
  )
}

type OtherWayProps = { icon: LucideIcon; onSelect: () => void; children: ReactNode }

export function OtherWay({ icon: Icon, onSelect, children }: OtherWayProps) {
  return (
    <button
      type="button"
      onClick={onSelect}
      className="flex min-h-10 w-full items-center gap-2.5 border-t border-line bg-surface px-3 py-2 text-left text-13 transition-colors first:border-t-0 hover:bg-hover focus-visible:-outline-offset-2"
    >
      <Icon aria-hidden size={16} className="shrink-0 text-ink-muted" />
      <span className="min-w-0 flex-1">{children}</span>
      <ChevronRight aria-hidden size={16} className="shrink-0 text-ink-faint" />
    </button>
  )
}
