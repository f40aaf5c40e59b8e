/** What stands between a draft and its number: each finding names the rule, where it comes from, and the field that mends it. */
import { z } from 'zod'

/** A rule the document breaks: a `warning` is told, an `error` keeps it from being issued. */
export const Finding = z.object({
  /** Names its sentences: `billing.rule.<rule>` says what is wrong, `billing.rule.<rule>.mend` what to do. */
  rule: z.string(),
  severity: z.enum(['error', 'warning']),
  /**
   * What mends it, as a path into the draft, the client's billing profile or the settings: `lines.3.vatBasisPoints` (lines from
   * 0), `wantedOn`, `client.siren`, `settings.bank.iban`.
   */
  field: z.string(),
  /** The article, and the rule of the exchange formats where there is one: « CGI ann. II art. 242 nonies A, I-12° · BR-E-10 ». */
  reference: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
export type Finding = z.infer<typeof Finding>

export const keepsFromIssuing = (findings: readonly Finding[]) =>
  findings.some(({ severity }) => severity === 'error')
