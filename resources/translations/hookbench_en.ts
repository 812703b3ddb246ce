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
        <source>%Ln events loaded</source>
        <translation>
            <numerusform>%Ln event loaded</numerusform>
            <numerusform>%Ln events loaded</numerusform>
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
        <source>%Ln events loaded</source>
        <translation>
            <numerusform>%Ln event loaded</numerusform>
            <numerusform>%Ln events loaded</numerusform>
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
<context>
    <name>hookbench::data</name>
    <message numerus="yes">
        <source>Object, %n fields</source>
        <translation>
            <numerusform>Object, %n field</numerusform>
            <numerusform>Object, %n fields</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Array, %n items</source>
        <translation>
            <numerusform>Array, %n item</numerusform>
            <numerusform>Array, %n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::data::FieldsPanel</name>
    <message numerus="yes">
        <source>Add %n fields</source>
        <translation>
            <numerusform>Add %n field</numerusform>
            <numerusform>Add %n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::data::ValueForm</name>
    <message numerus="yes">
        <source>At most %n characters; these are %1.</source>
        <translation>
            <numerusform>At most %n character; these are %1.</numerusform>
            <numerusform>At most %n characters; these are %1.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::inspector::AttemptsView</name>
    <message numerus="yes">
        <source>%n attempts</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::inspector::CompareWindow</name>
    <message numerus="yes">
        <source>%n differences</source>
        <translation>
            <numerusform>%n difference</numerusform>
            <numerusform>%n differences</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::widgets::JsonTreeModel</name>
    <message numerus="yes">
        <source>%n items</source>
        <translation>
            <numerusform>%n item</numerusform>
            <numerusform>%n items</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n fields</source>
        <translation>
            <numerusform>%n field</numerusform>
            <numerusform>%n fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::deliveries::DeliveryActions</name>
    <message numerus="yes">
        <source>%n deliveries written</source>
        <translation>
            <numerusform>%n delivery written</numerusform>
            <numerusform>%n deliveries written</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::golden::GoldenPanel</name>
    <message numerus="yes">
        <source>%n test(s), not run yet</source>
        <translation>
            <numerusform>%n test, not run yet</numerusform>
            <numerusform>%n tests, not run yet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n test(s), all as expected</source>
        <translation>
            <numerusform>%n test, all as expected</numerusform>
            <numerusform>%n tests, all as expected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Accept new result of %n test(s)</source>
        <translation>
            <numerusform>Accept new result of %n test</numerusform>
            <numerusform>Accept new result of %n tests</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n test(s)</source>
        <translation>
            <numerusform>Delete %n test</numerusform>
            <numerusform>Delete %n tests</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::impact::ImpactModel</name>
    <message numerus="yes">
        <source>%1, %n event(s)</source>
        <translation>
            <numerusform>%1, %n event</numerusform>
            <numerusform>%1, %n events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>hookbench::widgets::DiffView</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
</context>
</TS>
