import { CopyButton } from './copy-button.tsx'

type AuthenticatorSecretProps = {
  secret: string
  qrCode: string
  words: {
    install: string
    scan: string
    /** What the picture is, for who does not see it. */
    picture: string
    /** Before the secret itself, for who cannot scan. */
    byHand: string
    type: string
  }
}

/** What to do once: hand the secret to an authenticator, by picture or by hand. The code it shows follows. */
export function AuthenticatorSecret({ secret, qrCode, words }: AuthenticatorSecretProps) {
  return (
    <ol className="flex flex-col gap-4 text-13">
      <li className="flex gap-3">
        <Step number={1} />
        <p className="min-w-0 flex-1">{words.install}</p>
      </li>
      <li className="flex gap-3">
        <Step number={2} />
        <div className="min-w-0 flex-1">
          <p>{words.scan}</p>
          <img
            src={qrCode}
            alt={words.picture}
            width={176}
            height={176}
            className="mt-3 rounded-control border border-line"
          />
          <Secret secret={secret} label={words.byHand} />
        </div>
      </li>
      <li className="flex gap-3">
        <Step number={3} />
        <p className="min-w-0 flex-1">{words.type}</p>
      </li>
    </ol>
  )
}

function Step({ number }: { number: number }) {
  return (
    <span
      aria-hidden
      className="flex size-5 shrink-0 items-center justify-center rounded-full bg-neutral-soft text-12 font-medium text-neutral-ink tabular-nums"
    >
      {number}
    </span>
  )
}

/** For authenticators on the same device, which cannot scan their own screen. */
function Secret({ secret, label }: { secret: string; label: string }) {
  return (
    <div className="mt-3">
      <p className="text-12 text-ink-muted">{label}</p>
      <div className="mt-1 flex flex-wrap items-center gap-2">
        <code className="min-w-0 rounded-small bg-sunken px-1.5 py-1 font-mono text-12 break-all">
          {secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}
        </code>
        <CopyButton text={secret} />
      </div>
    </div>
  )
}
