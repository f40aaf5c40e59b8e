import { useMay, useSession } from '#platform/ui/session.tsx'

/** Who asks what may be done about a request. */
export function useWho() {
  const { id } = useSession()
  return { id, may: useMay() }
}
