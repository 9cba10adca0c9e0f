import type { INodeParameters } from 'n8n-workflow';
import { readItem } from '../run/execute/item';
import { hintOf, placeOf, sentenceOf, withoutSecrets } from '../run/problems/sentences';
import { valuesOf } from '../run/input/read';
import { shownRequest, type ShownRequest } from '../run/redact/shownRequest';
import { Redactor, secretsOf } from '../run/credentials/secrets';
import type { Described } from '../compile/describe';
import { asResolved, asStored } from './resolve';
import { writeRequest, type PlainRequest } from './write';

export { describe, type Described } from '../compile/describe';
export { InexpressibleError, type PlainRequest } from './write';
/** What the command lines in cli/ use of the shipped engine. */
export { Redactor } from '../run/redact';
export { encodeBody, isJson } from '../run/request/body';
export { parseEntered, stringify } from '../run/request/json';
export { outcomeOf } from '../run/response/response';
export { Checker } from '../run/validate/check';

/** The request that would be sent, or why none would be. */
export type Answer = { valid: true; request: ShownRequest } | { valid: false; problems: Array<{ field: string; message: string }> };

/**
 * The node parameters that express a request in the form, as n8n stores them in a workflow.
 * @throws InexpressibleError naming the place that the form cannot express
 */
export function parametersFor({ node, operation }: Described, request: PlainRequest): INodeParameters {
	const parameters = {
		resource: operation.resource,
		operation: operation.operation,
		...writeRequest(operation, request),
	} as INodeParameters;
	return { resource: operation.resource, operation: operation.operation, ...asStored(node, parameters) };
}

/**
 * The request that stored parameters stand for, as the node would send it.
 * @param options `baseUrl` overrides the document's server; `reveal` shows secrets
 */
export function requestFor(
	{ node, operation, credential }: Described,
	parameters: INodeParameters,
	options: { baseUrl?: string; reveal?: boolean } = {},
): Answer {
	const values = valuesOf(asResolved(node, asStored(node, parameters)));
	const base = options.baseUrl ?? credential.baseUrl ?? '';
	const { request, inputs: given, problems } = readItem(operation, values, base, 'UTC');
	const redactor = new Redactor(options.reveal ? [] : given.flatMap(({ input, value }) => secretsOf(input.field, value)));
	if (problems.length > 0)
		return {
			valid: false,
			problems: problems.map((one) => {
				const shown = withoutSecrets(one, (text) => redactor.text(text));
				return { field: placeOf(shown), message: `${sentenceOf(shown)}. ${hintOf(shown)}` };
			}),
		};
	return { valid: true, request: shownRequest(request, redactor) };
}
