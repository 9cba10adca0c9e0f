import type { Operation } from '../../model';
import { escapePart } from '../../model/pointer';
import { effectOf, idParameterOf, type Effect } from '../../run/input/operation';
import { idName } from '../../run/response/shape';
import type { Document } from '../document/document';
import type { Found } from '../document/find';
import { Schemas } from '../schema/flatten';
import { Shapes, type Spot } from '../schema/shapes';
import { answerOf } from './signature';

/** A JSON Schema in the keywords that n8n's editor reads. */
export interface OutputSchema {
	type?: string | string[];
	/** OpenAPI 3.0's word for it: the editor shows what is in an object or an array only where that is the one type. */
	nullable?: true;
	enum?: string[];
	items?: OutputSchema;
	properties?: { [name: string]: OutputSchema };
}

/** Deeper, and beyond so many names, nobody drags a field. */
const DEPTH = 6;
const MOST_NAMES = 100;

const TEXT: OutputSchema = { type: 'string' };
const TEXTS: OutputSchema = { type: 'array', items: TEXT };

/**
 * The schema of the items that an operation gives, by n8n's values of Operation: what the engine says of a record, and then the
 * vendor's own properties. n8n's editor shows it before the first run.
 */
export function outputSchemasOf(document: Document, found: Found, operation: Operation): Array<[operation: string, schema: OutputSchema]> {
	const effect = effectOf(operation);
	const record = effect === 'deletes' && operation.result.deleted ? {} : recordOf(document, found, operation);
	const of = (outcomes: string[]) => {
		const own = ownProperties(operation, effect, outcomes);
		const all = { ...own, ...record, ...own };
		return { type: 'object', properties: Object.fromEntries(Object.entries(all).slice(0, MOST_NAMES)) };
	};
	const { identity } = operation;
	const outcomes = outcomesOf(operation, effect);
	const own: [string, OutputSchema] = [operation.operation, of(outcomes)];
	if (!identity) return [own];
	return [own, [identity.operation, of([...outcomes, identity.update === undefined ? 'reused' : 'updated'])]];
}

/** What `itemOf` and `deletedItem` (engine/run/response/shape.ts) say of a record. */
function ownProperties(operation: Operation, effect: Effect, outcomes: string[]): { [name: string]: OutputSchema } {
	const { result, wait, known } = operation;
	const hasId = result.id !== undefined || (effect !== 'reads' && effect !== 'creates' && idParameterOf(operation) !== undefined);
	return {
		...(wait ? { linked: { type: 'boolean' } } : {}),
		...(effect === 'deletes' ? { deleted: { type: 'boolean' } } : {}),
		...(hasId ? { [idName(operation)]: TEXT } : {}),
		...(result.link === undefined ? {} : { link: TEXT }),
		vendor: TEXT,
		...(outcomes.length > 0 ? { outcome: { type: 'string', enum: outcomes } } : {}),
		...(known !== undefined && result.link !== undefined ? { knownCredentialIds: TEXTS } : {}),
	};
}

function outcomesOf({ result, wait }: Operation, effect: Effect): string[] {
	if (wait) return [];
	const created = result.link === undefined ? ['created'] : result.id === undefined ? ['linkCreated'] : ['created', 'linkCreated'];
	switch (effect) {
		case 'reads':
			return result.link === undefined ? [] : created;
		case 'creates':
			return created;
		case 'updates':
			return ['updated'];
		case 'deletes':
			return ['deleted'];
		case 'acts':
			return ['done'];
	}
}

/** The properties of a record in the answer. */
function recordOf(document: Document, found: Found, { result }: Operation): { [name: string]: OutputSchema } {
	const shapes = new Shapes(new Schemas(document));
	const body = answerOf(document, found)?.body ?? [];
	const places = [result.records ?? result.record].flat();
	const spots = places.flatMap((place) => shapes.lead(body, place).spots);
	const kinds = shapes.kinds(spots);
	const record = kinds.has('array') ? shapes.elements(spots).spots : spots;
	return shapes.kinds(record).has('object') ? propertiesOf(shapes, record, DEPTH) : {};
}

function propertiesOf(shapes: Shapes, spots: Spot[], depth: number): { [name: string]: OutputSchema } {
	const names = shapes.names(spots).slice(0, MOST_NAMES);
	return Object.fromEntries(names.map((name) => [name, schemaOf(shapes, shapes.lead(spots, `/${escapePart(name)}`).spots, depth - 1)]));
}

function schemaOf(shapes: Shapes, spots: Spot[], depth: number): OutputSchema {
	const kinds = shapes.kinds(spots);
	if (kinds.has('any') || kinds.size === 0) return {};
	const isNullable = kinds.delete('null');
	if (kinds.has('number')) kinds.delete('integer');
	// A number that JavaScript cannot hold comes as a text.
	if (kinds.has('integer')) kinds.add('string');
	const [kind, ...others] = kinds;
	const nullable = isNullable ? ({ nullable: true } as const) : {};
	if (others.length === 0 && kind === 'object') {
		const properties = depth > 0 ? propertiesOf(shapes, spots, depth) : {};
		return { type: kind, ...nullable, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
	}
	if (others.length === 0 && kind === 'array') {
		const items = depth > 0 ? schemaOf(shapes, shapes.elements(spots).spots, depth - 1) : {};
		return { type: kind, ...nullable, ...(Object.keys(items).length > 0 ? { items } : {}) };
	}
	const types = [...kinds, ...(isNullable ? ['null'] : [])];
	return { type: types.length === 1 ? types[0] : types };
}
