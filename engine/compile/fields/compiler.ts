import type { BaseField, Field, JsonSchema } from '../../model';
import type { Lookups } from './lookups';
import type { SchemaPlace } from '../schema/context';
import type { FlatSchema, Schemas } from '../schema/flatten';

/** What the files that compile one JSON Schema construct each need of each other; `fields.ts` implements all of it. */
export interface FieldCompiler {
	readonly schemas: Schemas;
	readonly lookups: Lookups;
	/** @throws DocumentError if it is not a schema, or a $ref leads nowhere */
	compile(schema: unknown, place: SchemaPlace): Field;
	/** Compiles a schema that is already flattened, or merged from several schemas. */
	compileFlat(flat: FlatSchema, place: SchemaPlace): Field;
	/** Whether a schema refers back to one that contains it. */
	recurs(flat: FlatSchema, place: SchemaPlace): boolean;
	/** Counts objects and unions: with too many, no person could use the form. */
	countComposite(): void;
	/** The properties that every kind of field has. */
	base(flat: FlatSchema, place: SchemaPlace): BaseField;
	/** The escape hatch: a field of JSON. */
	json(schema: unknown, flat: FlatSchema, place: SchemaPlace): Field;
	/** The schema that a leaf's value must satisfy. It omits null, which is the field's `nullable`. */
	leaf(flat: FlatSchema, place: { pointer: string }): JsonSchema;
	/** The schema that a composite must satisfy beyond its children. */
	rest(flat: FlatSchema, place: SchemaPlace): JsonSchema;
}
