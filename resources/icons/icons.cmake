# hookbench_icons(<target>)
#   Adds the icon set to <target> as :/icons/<our name>.svg. Line icons come from the npm package lucide-static (ISC) by
#   exact version and hash; the filled status shapes and the webhook mark lie in this folder.
set(HOOKBENCH_LUCIDE_VERSION 1.62.0)

# our name, name in lucide, SHA-256 of the file
set(HOOKBENCH_LUCIDE_ICONS
    menu menu fc8062d8e1386ab5dc3011652ccbcef044527cabc4519e239961b3183d3495b8
    search search 865065dc5d0251f5199ba6a6642e53b6c289bbe062f3e52390d2b477b5cbbab6
    plus plus 8043bcd468586973c00ca9ebdc76f625c2e0a5927096ff729f3a2fb6b9079279
    minus minus 060d2605f30d3d43f0b6e87a9a2c541265e257701e65d4f45022f374a5ee052f
    close x b6d03bbafa39df795f96866a607b2b1581c52bb946cca91e9c630ff9e7b380c0
    chevron-down chevron-down f3d7ced811723ce5f6022acba7908eb04386fe83729fcffd92a09fa115fac055
    chevron-up chevron-up f3c340ba603cf610d0057a15008c6140c1a0e38292647c747345014b6b33abfd
    chevron-left chevron-left e21a9249831889dec2ea2fa2450b191ca587dbb2ad270bd55f06678a858f4638
    chevron-right chevron-right b30a11621e29a1e26538529fd991a8b57345a5f67bd60150e99eebad8fe7fc8b
    arrow-up arrow-up 858ab87f48feeca541164ba2b1e0dc51bc3170d0f90bdf7fb8b1ea97c76bdfeb
    arrow-down arrow-down 0dbdc5e3d8acbcd2a66511751a34b2ff06b65c061595bd9c946adbc218791bfd
    arrow-right arrow-right 2bae5f1c03839987338934413641f470842a6be17a46fa03d56b49d245d460c5
    more ellipsis 518d8b1587ca2e01bc5bfe796a7685367836432626d427b404a95c6655fa0b5c
    grip grip-vertical a64e71a23465bc8e84d2864e279a059deb934a751a9c243a44d637802f73dab8
    maximize maximize-2 44f2e5e810e588d9082672895e73cc6ee48ce458941ccd5ee247835a046619dd
    restore minimize-2 f7b1245973770015e8fc5796024da641d0b0554b18068d3a11346b6c4045aeef
    filter funnel e005e3b4c94c41e1b611206fe5fadf8764dcbd88aaad5b2f0335d30068da9464
    settings settings 5120e03248cabb64d15af3a923a1a5910c74473750ec5a1e629a930269089d45
    undo undo-2 36886bb4b352db56cdac1611ff2f2c85f1b621002f4dd1022952d6320fb9536a
    redo redo-2 8302ca40d22b94ec0e5ec5064febc049153e99d4cbf4197975924f2bb4c2e22a
    copy copy 6b3ccbc514bedff8a9b86bf8f401c3a2c7347957d25743328d09c758c4f05868
    trash trash-2 82df3b123a4e5f97cc0f5df5ba077d6600dd94de792d6f5f4799e54b7251048f
    import download ee0bac401bab7703f9e4ff944fe047df065b53614a63de1edeedf9598a7d223c
    export upload a9e2bf666bdbb0d3b3a0bd9af3a5a1825ea247a0718bde49c3b3950dfc0fdedf
    folder folder 4019cfd634de38f50f4ecb2f307882c718c2b936be0884f52e8b496c08f25698
    generate sparkles 20c421fe3309084951bb96a146f84d0ae39fac88f806dcd74214b0a62f12a314
    antenna radio-tower ef0b0b33593f719517ea639c96f341a6bdb91431e0e3d6224d9e432ff3080a43
    eye eye 6d18eaf34bef10a430f89713f17ddd8333dea6f53f95df149d02241f055c3110
    eye-off eye-off 2bd6900ff2338dacecfb2f4ece2e0a6aaa567cafd9af10d6e3b2655f3ee06571
    edit pencil 0da176b08c62ef4106967c6434d6e75da599fb95a18679b1cec8ebfd9bc52435
    external external-link 971609dcb38f73fc258a4f3d998f313ddf6f3e0c96722cef4ce08b736c439c26
    link link 6f5e005138cb273018e086bc54a12ca0316c98660e879e7a1ebee0b615010548
    send send acd53fe4a1b9716c7e3a887b0c4e9f2f1002f03a9a15c64a08ef3cc9e27b9cb9
    pause pause cc93cd7db0d8764d85a0dcc36560d0f0e6ed30f85e17a33fdde60fa12c9d1ed3
    skip skip-forward 8e04bddda670c3f35e8355320b40bc98f181aece7fc9b8100ffb3627a64d8937
    repeat refresh-cw 20a09679a2352091bca250e9abe86b379daec12e88146d1192b3fbbdbf2f5909
    lock lock f46065de9745f7ac6c4fb6598db513b583eb010b81521b9d2b5f9ee3ef88f2d8
    unlock lock-open 9386352c911208b93b32569cce480f520f3368abd36bb30b906366ee45cfdc4f
    key key-round 800e34c5007adf227c797822d110a39ccb78758280b64a3a1df47024d9aa798d
    shield shield-check 8542ce99a7342c126b8391622d9849b867985cb5248b4f413e2f1de18c4f895f
    code code 243edaaf277eb31ed37f9d45371da5971aca509bb5140fe1aeb702d9f58c9947
    inbox inbox d6648e9c267af23baaa9a5e157f75930e8f5590f741fcefafe4d01d3b4e87376
    flask flask-conical 97b082309f3df6fffdb533915983ff6aa4d971dad06958c6edb86d00daf350bd
    event zap 81ef77e26fc5363a17d93d120b0322c2fa892ad4df53ef6b47884432ac4f7f5a
    mapping workflow 37da32a213cd78b5836ec6952433434c694be8ff399d1eb822d9dc52eb8ebbe2
    server server 2c61d9e7b3765c97ac9833bbeb92bb3a1356a02e3f5cd1df55fb716cdb69332e
    diff columns-2 83ea91bcea3163f1f99bfcaa68229e7047502bb87bcbcc0fc33dbc9c791048ae
    history history dc6df8e20ff26bf4a678e2c0a606c2f1d7e61ce222825aff38677b113503e55f
    clock clock a96f7ac1cfe9f0278e307ffaa1116297e05a7c5a89e96cca4e6e02b1053074f9
    braces braces f17e82a8f53695295b97fb11b6261a65677ae366edf5c7651355114b0782f67a
    array brackets bacc702688b5d83d7048f6ac2b0978e3aefe9ee6140658f388ceef7fe1febeb2
    ok-part circle-check e2ca9809114ccead18bf1ca51d1dd43f78f953363588c1f35fdbdb5a80726ef9
    retry rotate-cw 3305a4a1be4ba619e377987e33e25f19dc3d6c08f7f55c6928fbd53bd40df665
    dash circle-minus 06c428b54f9e401a6420a0784dfcdba172456bb783d33f5f652d93ff3c678e13
    info info ecb172e55f65117ed1543962b6a0cb662290b98a00aa7134079661f6dd940696
    check check dd75f2095400934bc2736945541aff36fbcf716db7705bebdd62bc6a8a2cd707
    cross x b6d03bbafa39df795f96866a607b2b1581c52bb946cca91e9c630ff9e7b380c0
    nomatch circle-dashed f461e11fe599cddb206c3c41c7574e413efa6412b3ab48bb345d44432b79f215
    spinner loader-circle 31c2f1d63c02d8ca6517df6d3fd743428b855d53c7f1ee0620646deca56fefdf
    bolt-off zap-off 41c46b0c4afca2d87b306697bf6b7126b47281b1f03f90f2a0fc8f6639287089
    timeout hourglass efda62da07de7e1f495525fd53e5f7a21a6ffd4d2810bf11008970e40baac15c
    plug-off unplug 6673de5a861c8d791005ab0b8d9c44d07f68c91c13e7c2cc1b77e22e0c2ea6ef
    gauge gauge ff1cfa994b31f4ff17c8630a2bbcc2b0eeb54f230ad5394fdb8d5f5f0a41aa60
    table table 26f3ac20ab4fa585aad36a6bf718ea185c5df7d1faae972a4a2ea63feb8ff28d
    save save 14f319744d33b4a77bd6069fad866d3200bde1a2d156c27cca98bbdfa0f1828e
    wrap text-wrap 24d2549a4db89a1a1525667526a1c112395f972b4eda62674cc2fa60df6a83b8
    pin pin 6ce4373a04bd13b67101e2fd1be54c50b57552f44418ce8d0a7402eae5fbc332
    file file-text 803ac17ca2cc23034af2eaeb8132459c41cc3b956a7adec7cdf4cbe49f9caecc
    file-new file-plus ae59b9aebe57983675a1a22d9c11926587bebb5f8d45464bcbd7a5613fe7f3ae
    help circle-question-mark 75df54d146312a91cfe867abc6d4dc9b0af15d38c8d8892687039a3080b52b7a
    command command 723a96c8815e8122ba1a73d79f1612770e2a8ad61911bbe322bcca28ca76c5d1
    pin pin 6ce4373a04bd13b67101e2fd1be54c50b57552f44418ce8d0a7402eae5fbc332
    theme sun-moon e5d988fab6d667cffac57752aac4526644af3279ecc81a279ca2f84d57e9be9f
)

function(hookbench_icons target)
    set(out ${CMAKE_BINARY_DIR}/icons)
    set(table ${HOOKBENCH_LUCIDE_ICONS})
    while(table)
        list(POP_FRONT table name lucide sha)
        hookbench_npm_file(file PACKAGE lucide-static VERSION ${HOOKBENCH_LUCIDE_VERSION} FILE icons/${lucide}.svg SHA256 ${sha})
        configure_file(${file} ${out}/${name}.svg COPYONLY)
        list(APPEND names ${name})
    endwhile()
    file(GLOB own CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/resources/icons/*.svg)
    foreach(file IN LISTS own)
        get_filename_component(name ${file} NAME_WE)
        configure_file(${file} ${out}/${name}.svg COPYONLY)
        list(APPEND names ${name})
    endforeach()
    list(TRANSFORM names REPLACE "(.+)" "${out}/\\1.svg" OUTPUT_VARIABLE files)
    qt_add_resources(${target} hookbench_icons PREFIX /icons BASE ${out} FILES ${files})
endfunction()
