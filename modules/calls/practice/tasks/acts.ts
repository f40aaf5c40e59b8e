import { addTask, completeTask, removeTask, reopenTask, type Task } from '#contract/calls'
import { useEndpoint } from '#platform/ui/data.ts'
import { sentenceOf } from '#platform/ui/errors.ts'
import { useMessages } from '#platform/ui/messages.tsx'
import { notify } from '#platform/ui/toast.tsx'

/** What is done with a task by one click, and taken back by another. */
export function useTaskActs() {
  const t = useMessages()
  const onError = (error: unknown) => notify.failed({ title: sentenceOf(error, t) })
  const reopening = useEndpoint(reopenTask, {
    onError,
    onSuccess: ({ title }) => notify.told({ title: t('calls.tasks.reopened'), description: title }),
  })
  const reopen = ({ id }: Pick<Task, 'id'>) => reopening.mutate({ params: { id } })
  const completing = useEndpoint(completeTask, {
    onError,
    onSuccess: (task) =>
      notify.done({ title: t('calls.tasks.completed'), description: task.title, undo: () => reopen(task) }),
  })
  const adding = useEndpoint(addTask, { onError })
  const removing = useEndpoint(removeTask, { onError })
  return {
    /** On its way to the server: the tick does not wait for it. */
    becoming: completing.isPending ? 'done' : reopening.isPending ? 'open' : null,
    reopen,
    complete: ({ id }: Pick<Task, 'id'>) => completing.mutate({ params: { id } }),
    remove: ({ id, title, details, dueOn, assignee, patient, callId }: Task) =>
      removing.mutate(
        { params: { id } },
        {
          onSuccess: () =>
            notify.done({
              title: t('calls.tasks.removed'),
              description: title,
              // Written anew, with all it said.
              undo: () =>
                adding.mutate({
                  body: {
                    title,
                    details,
                    dueOn,
                    assigneeId: assignee?.id ?? null,
                    patientId: patient?.id ?? null,
                    callId,
                  },
                }),
            }),
        },
      ),
  }
}
