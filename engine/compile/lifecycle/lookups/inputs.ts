import { words } from '../../../model/names';
import { escapePart } from '../../../model/pointer';
import { singular } from '../../text/plural';
import type { ApiOperation } from '../facts';
import { inSingular, nounOf, shapeOf } from '../paths';
import type { View } from '../view';

/** An input that a list may fill. */
export interface Target {
	/** A parameter's name, or `body:/a/b` for a property of the body; `*` stands for each element of an array. */
	parameter: string;
	in: string;
	name: string;
	/** Its name in words. */
	words: string;
	/** What it may be an id of, in words: its name without the ending, and the names around it. */
	bases: string[][];
	/** The ending of its name: id, code, name … */
	tail: string;
	/** For a path variable, the shape of the path before it. */
	above?: string;
}

/** Endings of names that indicate which property of a record an input takes. */
const TAIL = /^(id|ids|uuid|guid|code|codes|name|names|key|keys|slug|number|no|nr|identifier|ref|reference|uid|value|handle|login|email)$/;
/** Inputs that do not refer to a record. */
const NEVER =
	/^(page|limit|offset|cursor|size|per page|sort|order|order by|sort by|q|query|search|filter|fields|expand|include|format|authorization|if match|from|to|start|end|start date|end date|date|password|description|title|comment|notes|message|url|x request id|idempotency key|count|top|skip|select)$/;
/** Headers about the request's format. */
const HEADERS = /^(accept|content type|accept language|user agent)$/;
const DEPTH = 4;
const MANY = 120;

/** The inputs of an operation that may take something's id. */
export function targetsOf(view: View, operation: ApiOperation): Target[] {
	const inputs = operation.inputs
		.filter((one) => one.in !== 'cookie')
		.flatMap((one) => {
			const { kinds, facts } = view.shape(one.schemas);
			if (kinds.has('boolean') || kinds.has('object') || Array.isArray(facts.enum) || /^date/.test(String(facts.format))) return [];
			return targetOf(one.name, one.name, one.in, one.in === 'path' ? around(operation, one.name) : { parents: [] });
		});
	return [...inputs, ...within(view, operation.body, '', [], DEPTH).slice(0, MANY)];
}

/** The names before a path variable: `/projects/{id}` → project. */
function around({ path }: ApiOperation, name: string): { parents: string[]; above?: string } {
	const index = path.segments.findIndex(({ variable }) => variable === name);
	if (index < 0) return { parents: [] };
	const before = path.segments[index - 1];
	const above = shapeOf(path.segments.slice(0, index));
	return { parents: before && before.variable === undefined ? [before.text] : [], above };
}

function within(view: View, schemas: unknown[], pointer: string, parents: string[], depth: number): Target[] {
	return [...view.shape(schemas).properties].flatMap(([name, inner]): Target[] => {
		const shape = view.shape(inner);
		const place = `${pointer}/${escapePart(name)}`;
		if (shape.facts.readOnly === true || Array.isArray(shape.facts.enum)) return [];
		if (shape.kinds.has('array')) {
			const items = view.shape(shape.items);
			if (items.properties.size > 0) return depth > 1 ? within(view, shape.items, `${place}/*`, [...parents, name], depth - 1) : [];
			if (Array.isArray(items.facts.enum) || items.kinds.has('boolean')) return [];
			return targetOf(`body:${place}/*`, name, 'body', { parents: parents.slice(-1) });
		}
		if (shape.properties.size > 0) return depth > 1 ? within(view, inner, place, [...parents, name], depth - 1) : [];
		if (shape.kinds.has('boolean') || /^date|^byte|^binary/.test(String(shape.facts.format))) return [];
		return targetOf(`body:${place}`, name, 'body', { parents: parents.slice(-1) });
	});
}

function targetOf(parameter: string, name: string, place: string, { parents, above }: { parents: string[]; above?: string }): Target[] {
	const all = wordsOf(name.slice(name.lastIndexOf('.') + 1)).filter((word) => !(place === 'header' && word === 'x'));
	const full = all.join(' ');
	if (all.length === 0 || NEVER.test(full) || (place === 'header' && HEADERS.test(full))) return [];
	const end = all[all.length - 1];
	const hasTail = TAIL.test(end);
	const own = hasTail ? all.slice(0, -1) : all;
	// `provider_reference_id` may identify a provider, and `filter_value` a filter value.
	const shorter = hasTail && own.length > 1 && TAIL.test(own[own.length - 1]) ? [own.slice(0, -1)] : [];
	const longer = hasTail && all.length > 1 && !/^ids?$/.test(end) ? [all] : [];
	const dotted = name.includes('.') ? words(name.slice(0, name.lastIndexOf('.'))) : [];
	// In `/projects/{id}`, `/page/id` and `domain.id`, the surrounding names tell what the id belongs to.
	const outer = [...parents.map((parent) => nounOf(parent).split(' ')), ...(dotted.length > 0 ? [dotted] : [])].filter(
		([word]) => word !== undefined && word !== '',
	);
	// As in `clientid`.
	const glued = /^(\w{3,})id$/.exec(end);
	const apart = glued && !hasTail ? [[...all.slice(0, -1), glued[1]]] : [];
	const bases = (own.length > 0 ? [own, ...apart, ...longer, ...shorter, ...(above === undefined ? [] : outer)] : outer).map(inSingular);
	if (bases.length === 0) return [];
	return [
		{ parameter, in: place, name, words: full, bases, tail: hasTail ? singular(end) : '', ...(above === undefined ? {} : { above }) },
	];
}

/** The words of a name; `userIDs` ends in "ids". */
function wordsOf(name: string): string[] {
	const all = words(name.replace(/IDs(?![a-z])/g, 'Ids'));
	// As in `project_id_or_slug`.
	const or = all.indexOf('or', 1);
	return or > 0 ? all.slice(0, or) : all;
}
