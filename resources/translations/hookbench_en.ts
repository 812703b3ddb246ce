<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<!-- English plural forms: the words themselves are the source texts. -->
<TS version="2.1" language="en">
<context>
    <name>hookbench::event::EventPanel</name>
    <message numerus="yes">
        <source>Matches none of %n mappings</source>
        <translation>
            <numerusform>Does not match the mapping</numerusform>
            <numerusform>Matches none of %n mappings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Matches %1 of %n mappings</source>
        <translation>
            <numerusform>Matches %1 of %n mapping</numerusform>
            <numerusform>Matches %1 of %n mappings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events loaded</source>
        <translation>
            <numerusform>%n event loaded</numerusform>
            <numerusform>%n events loaded</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::deliveries::DeliveriesPanel</name>
    <message numerus="yes">
        <source>%n events discarded</source>
        <translation>
            <numerusform>%n event discarded</numerusform>
            <numerusform>%n events discarded</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n deliveries could not be made</source>
        <translation>
            <numerusform>%n delivery could not be made</numerusform>
            <numerusform>%n deliveries could not be made</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::shell::StatusBar</name>
    <message numerus="yes">
        <source>%n mappings</source>
        <translation>
            <numerusform>%n mapping</numerusform>
            <numerusform>%n mappings</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n events loaded</source>
        <translation>
            <numerusform>%n event loaded</numerusform>
            <numerusform>%n events loaded</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::mappings::MappingsPanel</name>
    <message numerus="yes">
        <source>%n match</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n match</numerusform>
        </translation>
    </message>
</context>
</TS>
