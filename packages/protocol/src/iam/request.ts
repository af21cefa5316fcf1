/**
 * What is known about a request: values of condition keys, by key in lower case. A key that is not known has no entry;
 * one with an empty list is known to have no value.
 */
export type Conditions = ReadonlyMap<string, readonly string[]>
