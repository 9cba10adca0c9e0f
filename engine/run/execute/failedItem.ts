import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { Json } from '../../model';
import { asItem } from '../transport/errors';
import type { Failure } from '../problems/result';
import { deepEqual } from '../../model/values';
import { EVERY_NAME, type Redactor } from '../redact';
import { nodeOf } from '../input/node';

/**
 * The output item for a failed one, for "On Error: Continue". On the error output, n8n merges what a node returns over
 * the input item, so secrets in that item would appear in clear text: columns that hold one are returned redacted.
 *
 * n8n recognizes a failed item if its JSON has no more than `error`, or if the item has an `error` next to its JSON,
 * which n8n then removes from the JSON. Making that property non-enumerable keeps the JSON intact.
 * @param redactor knows the item's secrets; absent if the item could not be read at all
 */
export async function failedItem(
	context: IExecuteFunctions,
	failure: Failure,
	itemIndex: number,
	redactor?: Redactor,
): Promise<INodeExecutionData> {
	const json = asItem(failure, itemIndex) as IDataObject;
	const pairedItem = { item: itemIndex };
	if (!redactor || nodeOf(context).onError !== 'continueErrorOutput') return { json, pairedItem };
	const hidden = await columnsWithSecrets((context.getInputData()[itemIndex]?.json ?? {}) as { [name: string]: Json }, redactor);
	if (Object.keys(hidden).length === 0) return { json, pairedItem };
	const item: INodeExecutionData = { json: { ...hidden, ...json }, pairedItem };
	Object.defineProperty(item, 'error', { value: { message: json.error }, enumerable: false });
	return item;
}

/** The columns of an item that hold a secret, redacted. */
async function columnsWithSecrets(json: { [name: string]: Json }, redactor: Redactor): Promise<IDataObject> {
	const shown = await redactor.jsonInTurns(json, EVERY_NAME);
	return Object.fromEntries(Object.entries(shown).filter(([name, value]) => !deepEqual(value, json[name])));
}
