import type { PrivacyRequestRow } from '#contract/privacy'

/** What stands between a request and the copy of the data, as the server sees it; null: nothing. */
export const copyWaitsFor = ({ person, isIdentityChecked }: Pick<Standing, 'person' | 'isIdentityChecked'>) =>
  person.client === null ? 'client' : isIdentityChecked ? null : 'identity'

type May = (permission: string) => boolean
type Standing = Pick<PrivacyRequestRow, 'kind' | 'isExtended' | 'isIdentityChecked' | 'person' | 'answeredOn'>

const handles = ({ answeredOn }: Standing, may: May) => answeredOn === null && may('privacy.manage')

/** What may be done about a request, for menus and cards alike: what may not be done is not shown. */
export const requestCan = {
  answer: handles,
  correct: handles,
  check: handles,
  extend: (request: Standing, may: May) => !request.isExtended && handles(request, may),
  reopen: ({ answeredOn }: Standing, may: May) => answeredOn !== null && may('privacy.manage'),
  /** What was said to support goes for somebody of whom one knows who they are. */
  forgetTickets: (request: Standing, may: May) =>
    request.kind === 'erasure' && request.isIdentityChecked && handles(request, may),
  /** Shown before it can be done too: it is what these two rights come down to. */
  copy: ({ kind }: Standing, may: May) =>
    (kind === 'access' || kind === 'portability') && may('privacy.manage'),
}
