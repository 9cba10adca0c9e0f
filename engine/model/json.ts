/** A JSON Schema (2020-12), or the part of one that a field still has to satisfy. */
export type JsonSchema = boolean | { [keyword: string]: unknown };

/** Any value that JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/**
 * A JSON Pointer (RFC 6901), or several, of which the first that leads to a value counts. Two extensions: `-1` is the
 * last element of an array, and in a response `header:x-next` is a header.
 */
export type Pointers = string | string[];
