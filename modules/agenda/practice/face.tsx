/** What other modules' pages may show of the agenda; its code and its words come when first wanted. */
import { part, Wanted } from '#platform/ui/part.tsx'
import { withWords } from '#platform/ui/words.ts'
import type { BookingDialogProps } from './booking/booking-dialog.tsx'

const dialog = part<BookingDialogProps>(() =>
  withWords(
    ['agenda', 'patients'],
    import('./booking/booking-dialog.tsx').then((module) => module.BookingDialog),
  ),
)

/**
 * Books an appointment from any page. It is open while it is there.
 *
 * @example {booking && <BookingDialog patient={patient} onClose={close} onBooked={({ appointments }) => …} />}
 */
export function BookingDialog(props: BookingDialogProps) {
  return <Wanted part={dialog} when give={props} onFailed={props.onClose} />
}
