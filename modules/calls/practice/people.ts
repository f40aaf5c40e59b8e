import { getPractice } from '#contract/cabinet'
import { useEndpoint } from '#platform/ui/data.ts'
import { useSession } from '#platform/ui/session.tsx'

/** Who works here; and whom a call is most likely for: oneself, or the only practitioner of whoever answers for them. */
export function usePeople() {
  const { data } = useEndpoint(getPractice)
  const { id: me } = useSession()
  const people = data?.people ?? []
  const practitioners = people.filter(({ profile }) => profile === 'practitioner')
  const [only, ...others] = practitioners
  const isPractitioner = practitioners.some(({ memberId }) => memberId === me)
  return {
    me,
    people,
    /** Undefined while it is not known. */
    likely: data && (isPractitioner ? me : others.length === 0 ? (only?.memberId ?? null) : null),
  }
}

/** The choice that names nobody. */
export const ANYONE = 'anyone'
