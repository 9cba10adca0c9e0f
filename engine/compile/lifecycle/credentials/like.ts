import { isSecretName, words } from '../../../model/names';
import { LIKE_CREDENTIAL } from '../../text/credentialNames';
import { singular } from '../../text/plural';
import type { Lifecycle } from '../all';
import type { ApiOperation } from '../facts';
import { isPrefix } from '../paths';
import type { View } from '../view';

/** Names of resources that are themselves secrets. */
const SECRETS = /\b(key|token|secret|password|credential|cred)\b/;

/** The words of a path, in the singular and without its variables. */
function nouns({ path }: ApiOperation): string[] {
	return path.segments
		.filter(({ text, variable }) => variable === undefined && !isPrefix(text))
		.map(({ text }) =>
			words(text)
				.map((word) => singular(word))
				.join(' '),
		);
}

/** Whether an operation creates a secret, so that a neutral name in the response may hold it. */
export function isSecretThing(operation: ApiOperation): boolean {
	return SECRETS.test(nouns(operation).pop() ?? '');
}

/** Whether an operation creates something like a credential, judging by its name or by secrets in its request or response. */
export function isLikeCredential({ api, roles }: Lifecycle, operation: ApiOperation): boolean {
	if (operation.method !== 'POST' && operation.method !== 'PUT') return false;
	if (roles.get(operation)?.role !== 'create' || operation.deprecated) return false;
	const all = nouns(operation);
	const last = all[all.length - 1] ?? '';
	if (LIKE_CREDENTIAL.test(last) || /\b(vault|secret|credential|connection)\b/.test(all.slice(-2).join(' '))) return true;
	return holdsSecret(api.view, operation.body, 3) || holdsSecret(api.view, operation.answer, 1);
}

function holdsSecret(view: View, schemas: unknown[], depth: number): boolean {
	return [...view.shape(schemas).properties].some(([name, inner]) => {
		const shape = view.shape(inner);
		if (shape.properties.size > 0) return depth > 1 && holdsSecret(view, inner, depth - 1);
		return shape.kinds.has('string') && (isSecretName(name) || shape.facts.format === 'password');
	});
}
