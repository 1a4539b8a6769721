package org.heliograph.model;

/**
 * One thing a shaper can do: turn a message of one form into another (or the same) form, at a cost
 * of 1 to 100.
 */
public record Shaping(Form from, Form to, int cost) {}
