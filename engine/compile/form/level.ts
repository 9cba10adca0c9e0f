import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { keyOf } from '../../model/names';
import { CONTROLS, CREDENTIALS, MAPPER, PRESENT, STORE } from '../../model/layout';
import { has } from '../../model/values';

/** The selectors of a level, with the values for which a parameter is shown. */
type Show = { [selector: string]: Array<string | boolean> };

/** A part of a level whose parameters are shown together. */
export interface Scope {
	level: Level;
	show: Show;
	/** Name of the collection of this scope's optional fields. */
	collection: string;
	/** The same scope, narrowed to one value of a selector; `name` distinguishes parameters whose names clash. */
	within(selector: string, value: string | boolean, name?: string): Scope;
	/** Names of the options that lead to this scope. */
	names: string[];
}

interface Entry {
	property: INodeProperties;
	show: Show;
	/** What the parameter represents: two fields with the same place and shape share a parameter. */
	identity: string;
	/** The options, if the parameter is a collection. */
	options?: Level;
}

/** n8n's labels for collections of optional fields, by name; collections in rows have names of their own. */
export const COLLECTIONS: { [name: string]: Pick<INodeProperties, 'displayName' | 'placeholder'> } = {
	additionalFields: { displayName: 'Additional Fields', placeholder: 'Add Field' },
	filters: { displayName: 'Filters', placeholder: 'Add Filter' },
	sort: { displayName: 'Sort', placeholder: 'Add Sort Rule' },
	updateFields: { displayName: 'Update Fields', placeholder: 'Add Field' },
};
const COLLECTION = 'additionalFields';

/** Parameters that the node has in addition to the vendor's own. */
const OWN_NAMES = new Set<string>([
	'resource',
	'operation',
	'options',
	'authentication',
	CREDENTIALS,
	STORE.parameter,
	...Object.values(CONTROLS),
]);

/**
 * One level of n8n parameters: the root, a row, or the options of a collection. It names the parameters, lets union
 * options share identical ones, and writes the displayOptions.
 */
export class Level {
	private readonly entries: Entry[] = [];
	/** The entries by name, since a document can have thousands of fields. */
	private readonly named = new Map<string, Entry[]>();
	private readonly identities = new Set<string>();
	/** For each wanted name, the next number that may be free. */
	private readonly free = new Map<string, number>();

	private constructor(private readonly kind: 'root' | 'row' | 'options') {}

	static root(): Level {
		return new Level('root');
	}

	/** Whether its parameters are the node's own, rather than those of a row or a collection. */
	get isRoot(): boolean {
		return this.kind === 'root';
	}

	static row(): Level {
		return new Level('row');
	}

	/**
	 * The whole level as a scope.
	 * @param collection name of the collection of its optional fields
	 */
	scope(collection = COLLECTION): Scope {
		return this.scopeOf({}, collection, []);
	}

	private scopeOf(show: Show, collection: string, names: string[]): Scope {
		const within = (selector: string, value: string | boolean, name?: string): Scope => {
			// At the root, one collection serves all options, because entries of a collection can name root selectors. In a row they cannot.
			const own = this.kind === 'root' ? collection : keyOf([collection, selector, String(value)]);
			return this.scopeOf({ ...show, [selector]: [value] }, own, name === undefined ? names : [...names, name]);
		};
		return { level: this, show, collection, within, names };
	}

	/** The level with the entries of a scope's collection. */
	collection(scope: Scope): Level {
		const known = this.named.get(scope.collection)?.find((entry) => entry.options);
		if (known?.options) return known.options;
		const options = new Level('options');
		this.push({
			property: { ...(COLLECTIONS[scope.collection] ?? COLLECTIONS[COLLECTION]), name: scope.collection, type: 'collection', default: {} },
			show: this.kind === 'root' ? {} : scope.show,
			identity: `collection ${scope.collection}`,
			options,
		});
		return options;
	}

	private push(entry: Entry): void {
		this.entries.push(entry);
		this.identities.add(entry.identity);
		const known = this.named.get(entry.property.name);
		if (known) known.push(entry);
		else this.named.set(entry.property.name, [entry]);
	}

	/**
	 * Adds a parameter.
	 * @param wanted the name it gets unless another parameter has it
	 * @returns the name it was given
	 */
	add(wanted: string, property: INodeProperties, spot: { identity: string; path: string[] }, scope: Scope): string {
		const identity = `${spot.identity} ${spot.path.join('/')}`;
		const hints = scope.names.length;
		const isNew = !this.identities.has(identity);
		let name = wanted;
		for (let attempt = 0; ; attempt++) {
			const holders = this.named.get(name) ?? [];
			if (
				!this.isReserved(name, spot.identity) &&
				holders.every((entry) => entry.identity === identity && structureOf(entry.property) === structureOf(property))
			)
				break;
			// Names are never freed, so a new parameter can skip the numbers already known to be taken.
			if (attempt === hints && isNew) attempt += (this.free.get(wanted) ?? 2) - 2;
			const hint = scope.names.slice(Math.max(0, hints - 1 - attempt));
			const number = attempt + 2 - hints;
			name = attempt < hints ? keyOf([wanted, ...hint]) : `${wanted}${number}`;
			if (number > 2 && isNew) this.free.set(wanted, number);
		}
		const text = JSON.stringify({ ...property, name });
		const twin = this.named.get(name)?.find((entry) => JSON.stringify(entry.property) === text && joined(entry.show, scope.show));
		if (twin) twin.show = joined(twin.show, scope.show) as Show;
		else this.push({ property: { ...property, name }, show: scope.show, identity });
		return name;
	}

	/** Whether the node itself, or a collection of the level, uses the name; a field must then take another one. */
	private isReserved(name: string, identity: string): boolean {
		if (this.kind === 'options') return false;
		if (has(COLLECTIONS, name)) return true;
		return this.kind === 'root' ? OWN_NAMES.has(name) : name === PRESENT && identity !== PRESENT;
	}

	/** The level as n8n properties: collections last, with their entries in alphabetical order. */
	properties(): INodeProperties[] {
		const offered = new Map<string, Set<string>>();
		const plain = this.entries.filter((entry) => !entry.options).map((entry) => ({ ...entry, show: this.needed(entry.show, offered) }));
		const collections = this.entries.filter((entry) => entry.options);
		return [
			...plain.flatMap((entry) => (n8nInsistsOn(entry) ? insisting(entry) : [shown(entry.property, entry.show)])),
			...collections.map((entry) => {
				const options = (entry.options as Level).entries;
				// In a row, a collection is shown or hidden as a whole; at the root, its entries name the root's selectors.
				const shows = options.map((option) => (this.kind === 'root' ? this.needed(option.show, offered) : {}));
				const show = this.kind === 'root' ? commonShow(shows) : entry.show;
				const choices = options.map((option, index) => shown(option.property, fromRoot(shows[index])));
				choices.sort((a, b) => a.displayName.localeCompare(b.displayName, 'en'));
				return shown({ ...entry.property, options: choices }, show);
			}),
		];
	}

	/** A condition without those selectors that meet it with every value. */
	private needed(show: Show, offered: Map<string, Set<string>>): Show {
		const all = (selector: string) => {
			const known = offered.get(selector) ?? this.offeredBy(selector);
			offered.set(selector, known);
			return known;
		};
		const fulfilled = (selector: string, values: Show[string]) => {
			const { size } = all(selector);
			if (size === 0 || size > values.length) return false;
			const given = new Set(values);
			return [...all(selector)].every((value) => given.has(value));
		};
		return Object.fromEntries(Object.entries(show).filter(([selector, values]) => !fulfilled(selector, values)));
	}

	/** The values that a selector offers. */
	private offeredBy(selector: string): Set<string> {
		const options = (this.named.get(selector) ?? []).flatMap(({ property }) => property.options ?? []);
		return new Set(options.map((option) => String((option as INodePropertyOptions).value)));
	}
}

/**
 * The shape of a parameter: a value entered in one parameter fits another of the same name if their shapes are equal.
 * That one option of a union offers the resource mapper does not give its selector another name.
 */
function structureOf({ type, options, typeOptions }: INodeProperties): string {
	const others = options?.filter((option) => !('value' in option && option.value === MAPPER));
	return JSON.stringify([type, others, typeOptions?.multipleValues ?? false, typeOptions?.password ?? false]);
}

/** Whether n8n refuses to run while the parameter is empty (`addToIssuesIfMissing` of n8n-workflow). */
function n8nInsistsOn({ property, show }: Entry): boolean {
	return (
		property.required === true &&
		Object.keys(show).length > 0 &&
		['string', 'dateTime', 'multiOptions', 'resourceLocator'].includes(property.type)
	);
}

/** The values or conditions that n8n compares a parameter with, to show or hide another one. */
type DisplayConditions = NonNullable<NonNullable<INodeProperties['displayOptions']>['hide']>[string];

/**
 * Splits a required parameter of an option in two. If the selector is an expression, n8n counts the parameters of every
 * option as shown, and would require all of them. So one of the two is required, and shown for a literal selector (by
 * `hide`, which n8n also evaluates for expressions, unlike `show`); the other is optional, and shown for an expression.
 */
function insisting({ property, show }: Entry): INodeProperties[] {
	const others = Object.entries(show).map(([selector, values]): [string, DisplayConditions] => [
		selector,
		[{ _cnd: { regex: `^(?!(?:${values.map((value) => escape(String(value))).join('|')})$)` } }],
	]);
	const literal = Object.keys(show).map((selector): [string, DisplayConditions] => [selector, [{ _cnd: { regex: '^[^=]' } }]]);
	const { required: _required, ...optional } = property;
	return [written(property, { hide: Object.fromEntries(others) }), written(optional, { show, hide: Object.fromEntries(literal) })];
}

function escape(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function shown(property: INodeProperties, show: Show): INodeProperties {
	return written(property, Object.keys(show).length > 0 ? { show } : undefined);
}

function written(property: INodeProperties, displayOptions: INodeProperties['displayOptions']): INodeProperties {
	const { displayName, name, type, ...rest } = property;
	const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
	return { displayName, name, type, ...kept, ...(displayOptions ? { displayOptions } : {}) } as INodeProperties;
}

function fromRoot(show: Show): Show {
	return Object.fromEntries(Object.entries(show).map(([selector, values]) => [`/${selector}`, values]));
}

/** Merges two conditions if they differ in the values of at most one selector. */
function joined(first: Show, second: Show): Show | undefined {
	const selectors = Object.keys(first);
	if (selectors.length !== Object.keys(second).length || selectors.some((selector) => !(selector in second))) return undefined;
	const different = selectors.filter((selector) => first[selector].join('\n') !== second[selector].join('\n'));
	if (different.length > 1) return undefined;
	return Object.fromEntries(selectors.map((selector) => [selector, [...new Set([...first[selector], ...second[selector]])]]));
}

/** When a collection has anything to offer: the combined values of the selectors that all of its entries depend on. */
function commonShow(shows: Show[]): Show {
	const common = Object.keys(shows[0] ?? {}).filter((selector) => shows.every((show) => selector in show));
	return Object.fromEntries(common.map((selector) => [selector, [...new Set(shows.flatMap((show) => show[selector]))]]));
}
