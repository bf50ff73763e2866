#!/usr/bin/env node
// By name: the package says that its modules have no side effects, so a bare import would be left out of the build.
export { exitCode } from "../cli/command.js";
