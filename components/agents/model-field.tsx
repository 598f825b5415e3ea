import { useId } from 'react'
import { Field } from '@/components/ui/field'
import { maxModelNameChars } from '@/lib/limits'

/** Asks for a model by its name. `models` are known to exist, to choose from. */
export function ModelField(props: { model: string; models?: readonly string[]; onModel: (model: string) => void }) {
  const { model, models = [], onModel } = props
  const listId = useId()
  return (
    <>
      <Field
        label="Model"
        hint="provider/model, or empty for the default model"
        list={listId}
        maxLength={maxModelNameChars}
        placeholder="Default model"
        autoComplete="off"
        spellCheck={false}
        value={model}
        onChange={(event) => onModel(event.target.value)}
      />
      <datalist id={listId}>
        {models.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  )
}
