import type { PrivacyRequestRow } from '#contract/privacy'

type May = (permission: string) => boolean
type Standing = Pick<
  PrivacyRequestRow,
  'state' | 'kind' | 'isExtended' | 'isIdentityChecked' | 'person' | 'answeredOn'
>

const handles = ({ answeredOn }: Standing, may: May) => answeredOn === null && may('privacy.manage')

/** What may be done about a request, for menus and cards alike: what may not be done is not shown. */
export const requestCan = {
  answer: handles,
  correct: handles,
  check: handles,
  extend: (request: Standing, may: May) => !request.isExtended && handles(request, may),
  reopen: ({ answeredOn }: Standing, may: May) => answeredOn !== null && may('privacy.manage'),
  copy: ({ kind, person, isIdentityChecked }: Standing, may: May) =>
    (kind === 'access' || kind === 'portability') &&
    person.client !== null &&
    isIdentityChecked &&
    may('privacy.manage'),
}
