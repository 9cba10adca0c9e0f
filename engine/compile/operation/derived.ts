import type { Identity, Operation, Wait } from '../../model';
import { labelOf } from '../../model/names';
import { CONTROLS } from '../../model/layout';
import { child, DocumentError, isPart } from '../document/document';
import type { Found } from '../document/find';
import type { Lookups } from '../fields/lookups';
import { namesOf, type Named } from './operations';
import { withArticle } from '../text/plural';

/** The value of `x-n8n-upsert`. */
interface SaidIdentity extends Named {
	find: string;
	with?: { [parameter: string]: string };
	match?: { [property: string]: string };
	optionalMatch?: string[];
	nameField?: string;
	update?: string;
	scope?: string[];
	normalize?: Identity['normalize'];
}

/**
 * An operation, and those that its document derives from it: create or update, and wait for a new record.
 * @throws DocumentError if one refers to an operation that does not exist
 */
export function derivedFrom(operation: Operation, found: Found, lookups: Lookups): Operation[] {
	const { 'x-n8n-upsert': said, 'x-n8n-wait': wait } = found.node;
	const identity = isPart(said) ? { identity: identityOf(said as unknown as SaidIdentity, operation, found, lookups) } : {};
	return [{ ...operation, ...identity }, ...(isPart(wait) ? [waiting(operation, wait as unknown as Named & Wait, found)] : [])];
}

/** The operation that polls the list until there is a new record. */
function waiting(operation: Operation, said: Named & Wait, found: Found): Operation {
	if (operation.result.records === undefined || operation.result.id === undefined)
		throw DocumentError.at(
			child(found.pointer, 'x-n8n-wait'),
			'waiting needs a list: an x-n8n-result with "records" and "id" in the answer',
		);
	const names = namesOf(
		said,
		operation.resource,
		said.description ?? 'Wait until the customer has used the link, and return the new record',
	);
	return { ...operation, ...names, wait: said.only ? { only: said.only } : {} };
}

function identityOf(said: SaidIdentity, { resource }: Operation, found: Found, lookups: Lookups): Identity {
	const object = labelOf(resource).toLowerCase();
	const description =
		said.update === undefined
			? `Create ${withArticle(object)} unless it exists already`
			: 'Create a new record, or update the current one if it already exists (upsert)';
	const pointer = child(found.pointer, 'x-n8n-upsert');
	const find = lookups.reference(said.find, child(pointer, 'find'));
	if (said.update !== undefined) lookups.reference(said.update, child(pointer, 'update'));
	return {
		...namesOf(said, resource, said.description ?? description),
		find: { operation: find.operation ?? said.find, ...(said.with ? { with: said.with } : {}) },
		match: said.match ?? {},
		...(said.scope ? { scope: said.scope } : {}),
		...(said.normalize ? { normalize: said.normalize } : {}),
		...(said.optionalMatch ? { optionalMatch: said.optionalMatch, optionalMatchKey: CONTROLS.matchOn } : {}),
		...(said.nameField === undefined ? {} : { nameField: { property: said.nameField, key: CONTROLS.existingName } }),
		...(said.update === undefined ? {} : { update: said.update }),
	};
}
