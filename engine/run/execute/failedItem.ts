import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Json } from '../../model';
import { asItem } from '../transport/errors';
import type { Failure } from '../problems/result';
import { deepEqual } from '../../model/values';
import { EVERY_NAME, type Redactor } from '../redact';

/**
 * A failed item, for "On Error: Continue". On the error output n8n lays what a node returns over the item that came in, so
 * that the secrets of that item would stand there in clear: what holds one is returned with it hidden.
 *
 * n8n takes an item for a failed one if it has no more than `error`, or an `error` beside its JSON, which it then takes out of
 * the JSON again. Where nobody lists its names, the JSON stays as it is.
 * @param redactor knows the secrets of the item; none where it could not be read at all
 */
export async function failedItem(
	context: IExecuteFunctions,
	failure: Failure,
	itemIndex: number,
	redactor?: Redactor,
): Promise<INodeExecutionData> {
	const json = asItem(failure, itemIndex) as IDataObject;
	const pairedItem = { item: itemIndex };
	if (!redactor || context.getNode().onError !== 'continueErrorOutput') return { json, pairedItem };
	const hidden = await columnsWithSecrets((context.getInputData()[itemIndex]?.json ?? {}) as { [name: string]: Json }, redactor);
	if (Object.keys(hidden).length === 0) return { json, pairedItem };
	const item: INodeExecutionData = { json: { ...hidden, ...json }, pairedItem };
	Object.defineProperty(item, 'error', { value: { message: json.error }, enumerable: false });
	return item;
}

/** The columns of an item that hold a secret, without it. */
async function columnsWithSecrets(json: { [name: string]: Json }, redactor: Redactor): Promise<IDataObject> {
	const shown = await redactor.jsonInTurns(json, EVERY_NAME);
	return Object.fromEntries(Object.entries(shown).filter(([name, value]) => !deepEqual(value, json[name])));
}
